"""How often one address of the network may write; a village behind one address is many people, a robot is one."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.access.visitor_address import visitor_address

TOO_OFTEN = _("Từ mạng này đã có nhiều lời gửi trong một giờ. Chữ của bạn còn nguyên dưới đây: hãy gửi lại sau.")
HOUR = 3600
CASES_PER_HOUR = 8
WORDS_PER_HOUR = 20
WRONG_LINKS_PER_HOUR = 60


def is_too_often(request: HttpRequest, *, what: str, most: int) -> bool:
    """Say whether this address has done it more than `most` times within an hour; counts this time as well."""
    counter = f"{what}:{visitor_address(request)}"
    cache.add(counter, 0, HOUR)
    return cache.incr(counter) > most

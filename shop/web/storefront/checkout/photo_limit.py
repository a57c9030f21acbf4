"""How many pictures of returns are taken within an hour: decoding one costs more than everything else on the page."""

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

HOUR = 3600
# Six forms full of them: enough for a wrong file now and then, too few to keep a server busy. A village behind one
# address is many people.
PHOTOS_OF_ORDER = 30
PHOTOS_OF_ADDRESS = 90
TOO_MANY_PHOTOS = _(
    "Đã có nhiều ảnh được gửi trong một giờ. Hãy gửi yêu cầu không kèm ảnh, hoặc gửi lại sau; các ô khác vẫn giữ nguyên."
)


def is_one_too_many(sender: str, photos: int, *, most: int) -> bool:
    """Say whether a sender has sent more than `most` pictures within an hour; counts these as well."""
    counter = f"return-photos:{sender}"
    cache.add(counter, 0, HOUR)
    return cache.incr(counter, photos) > most

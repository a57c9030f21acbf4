"""Opening an order by its secret link; somebody who tries tokens is slowed down before the database is asked."""

from django.core.cache import cache
from django.http import Http404, HttpRequest

from shop.domain.ordering.links import find_order
from shop.oscar_forks.order.models import Order

WRONG_LINKS_PER_MINUTE = 20
MINUTE = 60


class TooManyWrongLinks(Exception):
    """One address of the network has tried too many links that lead nowhere."""


def open_order(request: HttpRequest, *, number: str, token: str) -> Order:
    """Return the order of a link; Http404 for any that is wrong, TooManyWrongLinks after twenty in a minute."""
    counter = f"wrong-order-links:{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(counter, 0) >= WRONG_LINKS_PER_MINUTE:
        raise TooManyWrongLinks
    order = find_order(number=number, token=token)
    if order is None:
        cache.add(counter, 0, MINUTE)
        cache.incr(counter)
        raise Http404
    return order

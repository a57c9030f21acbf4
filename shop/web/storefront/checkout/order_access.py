"""Opening an order by its secret link; who tries link after link is told to stop."""

from django.core.cache import cache
from django.http import Http404, HttpRequest

from shop.access.visitor_address import visitor_address
from shop.domain.ordering.links import find_order
from shop.oscar_forks.order.models import Order

WRONG_LINKS_PER_MINUTE = 20
MINUTE = 60


class TooManyWrongLinks(Exception):
    """One address of the network has tried too many links that lead nowhere."""


def open_order(request: HttpRequest, *, number: str, token: str) -> Order:
    """Return the order of a link; Http404 for any that is wrong, TooManyWrongLinks after twenty in a minute.

    A right link always opens: a whole village, or everybody behind one proxy, shares the address that is counted.
    128 random bits are not found by trying.
    """
    order = find_order(number=number, token=token)
    if order is not None:
        return order
    counter = f"wrong-order-links:{visitor_address(request)}"
    cache.add(counter, 0, MINUTE)
    if cache.incr(counter) > WRONG_LINKS_PER_MINUTE:
        raise TooManyWrongLinks
    raise Http404

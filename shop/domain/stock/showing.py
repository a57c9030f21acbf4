"""Which pages show a number of units that has just changed."""

from collections.abc import Mapping

from django.db.models import F

from shop.common.shown_versions import LISTS, product, show_anew
from shop.oscar_forks.partner.models import StockRecord


def show_stock_anew(changes: Mapping[int, int], *, is_counted: bool = False) -> None:
    """Let pages be made anew after free units changed by `changes` (by stock record id), inside the transaction that did it.

    A sale changes the product's own page. Lists follow when something sells out or comes back, or when a producer
    `is_counted` the shelf; else their number may be half a minute old, so that one sale does not empty the cache.
    """
    free = F("num_in_stock") - F("num_allocated")
    rows = StockRecord.objects.filter(pk__in=changes).annotate(free=free).values_list("pk", "free", "listing__product")
    names = {product(shown) for _pk, _free, shown in rows}
    if is_counted or any((left <= 0) != (left - changes[pk] <= 0) for pk, left, _shown in rows):
        names.add(LISTS)
    show_anew(*names)

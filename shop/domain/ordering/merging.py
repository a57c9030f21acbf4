"""A guest who logs in keeps what they chose: the guest's basket flows into the account's."""

from django.db import transaction

from shop.oscar_forks.basket.models import Basket

from .basket_reading import MOST_UNITS_PER_LINE


@transaction.atomic
def merge_baskets(*, into_id: int, from_id: int) -> int:
    """Move the lines of one open basket into another; returns how many units came, 0 when it had happened before.

    Of a product in both the larger number stays: somebody who put two in twice wants two, not four.
    """
    baskets = {
        basket.pk: basket for basket in Basket.objects.select_for_update().filter(pk__in=[into_id, from_id]).order_by("pk")
    }
    into, source = baskets[into_id], baskets[from_id]
    if into_id == from_id or source.status != Basket.OPEN or into.status != Basket.OPEN:
        return 0
    present = {line.stockrecord_id: line for line in into.lines.all()}
    moved = 0
    for line in source.lines.order_by("pk"):
        moved += line.quantity
        kept = present.get(line.stockrecord_id)
        if kept is None:
            line.basket = into
            line.save(update_fields=["basket"])
        elif kept.quantity < line.quantity:
            kept.quantity = min(line.quantity, MOST_UNITS_PER_LINE)
            kept.save(update_fields=["quantity"])
    source.status = Basket.MERGED
    source.save(update_fields=["status"])
    return moved

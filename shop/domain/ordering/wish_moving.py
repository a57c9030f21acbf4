"""From the wish list into the basket: the product leaves the one as it enters the other."""

from datetime import date

from django.db import transaction

from catalogue_ext.models import Product
from shop.domain.wishes.keeping import drop_wish, kept_among

from .filling import find_sellable, new_line, write_quantity
from .reordering import basket_of


class PackNotChosen(Exception):
    """The product comes in packs: which one, is chosen on its page."""


@transaction.atomic
def move_wish(*, user_id: int, product_id: int, today: date) -> bool:
    """Put one unit into the person's basket and take the wish away; false when it was moved before.

    Raises PackNotChosen, NotForSale, BasketFull or StockRecord.DoesNotExist; then the wish stays.
    """
    basket = basket_of(user_id)
    if not kept_among(user_id=user_id, product_ids=[product_id]):
        return False
    if Product.objects.filter(pk=product_id, structure=Product.PARENT).exists():
        raise PackNotChosen(product_id)
    record = find_sellable(product_id=product_id, today=today)
    line = basket.lines.filter(stockrecord=record).first() or new_line(basket, record)
    write_quantity(line, record, max(line.quantity, 1))
    drop_wish(user_id=user_id, product_id=product_id)
    return True

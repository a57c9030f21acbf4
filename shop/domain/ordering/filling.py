"""Putting products into a basket, changing how many, taking them out.

Every change locks the basket first, so a basket that is being ordered in another tab is never changed under the order:
the change comes before the order, or finds the basket closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shop.common.written_once import WrittenOnce
from shop.domain.listings.purchasable import Refusal, refusal_of
from shop.domain.pricing.resolving import NoPrice, resolve_price
from shop.oscar_forks.basket.models import Basket, Line
from shop.oscar_forks.partner.models import StockRecord

from .basket_reading import MOST_UNITS_PER_LINE
from .locking import lock_basket

MOST_LINES = 50


class NotForSale(Exception):
    """The product cannot be bought today; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)


class BasketFull(Exception):
    """One order has at most fifty lines."""


class BasketAlreadyOrdered(Exception):
    """The basket was ordered meanwhile; a new one has to be begun."""


class LineGone(Exception):
    """The line was taken out of the basket meanwhile."""


@dataclass(frozen=True)
class Added:
    """What is in the basket now: the record, and how many of it."""

    basket_id: int
    stock_record: StockRecord
    quantity: int


def add_to_basket(
    *, basket_id: int | None, owner_id: int | None, product_id: int, quantity: int, today: date, is_adult: bool = False
) -> Added:
    """Put units of a product (or of one pack) into a basket; a basket is made when there is none.

    Raises NotForSale, BasketFull, BasketAlreadyOrdered, or StockRecord.DoesNotExist for what is not sold at all.
    """
    record = find_sellable(product_id=product_id, today=today, is_adult=is_adult)
    with transaction.atomic():
        if basket_id is None:
            basket_id = Basket.objects.create(owner_id=owner_id).pk
        with _open_basket(basket_id) as basket:
            line = basket.lines.filter(stockrecord=record).first() or new_line(basket, record)
            write_quantity(line, record, line.quantity + quantity)
    return Added(basket_id, record, line.quantity)


def change_quantity(*, basket_id: int, line_id: int, quantity: int) -> None:
    """Set how many units a line has, at today's price; nothing or less takes the line out."""
    with transaction.atomic(), _open_basket(basket_id) as basket:
        line = _line_of(basket, line_id)
        if quantity < 1:
            line.delete()
        else:
            write_quantity(line, line.stockrecord, quantity)


def remove_line(*, basket_id: int, line_id: int) -> Line:
    """Take a line out; returns it as it was, so that it can be put back."""
    with transaction.atomic(), _open_basket(basket_id) as basket:
        line = _line_of(basket, line_id)
        kept = Line(product_id=line.product_id, stockrecord=line.stockrecord, quantity=line.quantity)
        line.delete()
    return kept


def count_units(*, basket_id: int | None) -> int:
    """Return how many units lie in a basket, for the number on the page's header."""
    if basket_id is None:
        return 0
    return sum(Line.objects.filter(basket_id=basket_id).values_list("quantity", flat=True))


@contextmanager
def _open_basket(basket_id: int) -> Iterator[Basket]:
    basket = lock_basket(basket_id=basket_id)
    if basket.status != Basket.OPEN:
        raise BasketAlreadyOrdered(basket_id)
    yield basket


def find_sellable(*, product_id: int, today: date, is_adult: bool = False) -> StockRecord:
    """Return what can be bought of a product today; raises NotForSale, or StockRecord.DoesNotExist."""
    record = next(iter(_record_of(product_id=product_id)), None)
    if record is None:
        raise StockRecord.DoesNotExist(product_id)
    refusal = refusal_of(record.listing, today=today, is_adult=is_adult)
    if refusal is None and record.price is None:
        refusal = Refusal.NO_PRICE
    if refusal is None and record.num_in_stock <= record.num_allocated:
        refusal = Refusal.SOLD_OUT
    if refusal is not None:
        raise NotForSale(refusal)
    return record


_record_of = WrittenOnce[StockRecord](
    lambda product_id: StockRecord.objects.select_related(
        "product__parent", "listing__product", "listing__certificate", "listing__producer__profile"
    ).filter(product_id=product_id)
)


def new_line(basket: Basket, record: StockRecord) -> Line:
    """Begin a line of a locked basket, not saved yet; raises BasketFull."""
    if basket.lines.count() >= MOST_LINES:
        raise BasketFull(basket.pk)
    return Line(
        basket=basket,
        product=record.product,
        stockrecord=record,
        line_reference=f"{record.product_id}_{record.pk}",
        quantity=0,
        price_currency="VND",
    )


def _line_of(basket: Basket, line_id: int) -> Line:
    line = basket.lines.select_related("stockrecord__product").filter(pk=line_id).first()
    if line is None:
        raise LineGone(line_id)
    return line


def write_quantity(line: Line, record: StockRecord, quantity: int) -> None:
    """Save a line of a locked basket with so many units at today's price."""
    # The price is remembered only to say later that it moved; what counts is always asked again.
    line.quantity = min(quantity, MOST_UNITS_PER_LINE)
    try:
        line.price_incl_tax = resolve_price(stock_record=record, quantity=line.quantity).unit_vnd
    except NoPrice:
        line.price_incl_tax = None
    line.save()

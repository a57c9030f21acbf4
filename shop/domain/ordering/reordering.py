"""Ordering again what was ordered before: what can be bought goes into the basket, the rest is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction

from shop.domain.listings.purchasable import Refusal, refusal_of
from shop.domain.people.models import User
from shop.domain.pricing.resolving import NoPrice, resolve_price
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.order.models import Line, Order
from shop.oscar_forks.partner.models import StockRecord

from .basket_reading import MOST_UNITS_PER_LINE
from .filling import MOST_LINES, new_line, write_quantity
from .locking import lock_basket


class Finding(StrEnum):
    """What became of a line since it was bought."""

    AS_BEFORE = "as_before"
    PRICE_MOVED = "price_moved"
    FEWER = "fewer"
    GONE = "gone"


@dataclass(frozen=True)
class AgainLine:
    """One line of the old order as it can be bought today; `quantity` is what goes into the basket."""

    line: Line
    stock_record: StockRecord | None
    finding: Finding
    refusal: Refusal | None
    quantity: int
    unit_vnd: int | None

    @property
    def is_purchasable(self) -> bool:
        return self.quantity > 0

    @property
    def was_vnd(self) -> int:
        return int(self.line.unit_price_incl_tax)


def judge_again(*, order: Order, today: date, is_adult: bool = False) -> list[AgainLine]:
    """Return every line of an order as it could be bought today, in the order's order."""
    lines = (
        Line.objects.filter(order=order)
        .select_related(
            "product__parent",
            "stockrecord__product__parent",
            "stockrecord__listing__product",
            "stockrecord__listing__certificate",
            "stockrecord__listing__producer__profile",
        )
        .order_by("parcel_id", "pk")
    )
    return [_judge(line, today, is_adult=is_adult) for line in lines]


@transaction.atomic
def order_again(*, order_id: int, owner_id: int, today: date, is_adult: bool = False) -> int:
    """Put what can be bought of a person's order into their basket; returns the basket's id.

    Of what lies in it already the larger number stays, as when two baskets are merged, so a second press adds nothing.
    Raises Order.DoesNotExist for another's order.
    """
    order = Order.objects.get(pk=order_id, user_id=owner_id)
    basket = basket_of(owner_id)
    _fill(basket, [line for line in judge_again(order=order, today=today, is_adult=is_adult) if line.is_purchasable])
    return basket.pk


@transaction.atomic
def order_again_by_link(
    *, order_id: int, owner_id: int | None, basket_id: int | None, today: date, is_adult: bool = False
) -> int:
    """The same for whoever holds an order's link: into the basket of their account, else into the guest's own.

    A guest's basket that was ordered meanwhile, or never begun, is begun anew.
    """
    order = Order.objects.get(pk=order_id)
    basket = basket_of(owner_id) if owner_id is not None else _basket_of_guest(basket_id)
    _fill(basket, [line for line in judge_again(order=order, today=today, is_adult=is_adult) if line.is_purchasable])
    return basket.pk


def _basket_of_guest(basket_id: int | None) -> Basket:
    kept = lock_basket(basket_id=basket_id) if basket_id is not None else None
    return kept if kept is not None and kept.status == Basket.OPEN else Basket.objects.create()


def _judge(line: Line, today: date, *, is_adult: bool) -> AgainLine:
    record = line.stockrecord
    if record is None:
        return AgainLine(line, None, Finding.GONE, Refusal.NOT_LIVE, 0, None)
    free = record.num_in_stock - record.num_allocated
    refusal = refusal_of(record.listing, today=today, is_adult=is_adult)
    try:
        unit_vnd = int(resolve_price(stock_record=record, quantity=line.quantity).unit_vnd)
    except NoPrice:
        unit_vnd, refusal = None, refusal or Refusal.NO_PRICE
    if refusal is None and free <= 0:
        refusal = Refusal.SOLD_OUT
    if refusal is not None:
        return AgainLine(line, record, Finding.GONE, refusal, 0, unit_vnd)
    if free < line.quantity:
        return AgainLine(line, record, Finding.FEWER, None, free, unit_vnd)
    is_moved = unit_vnd != int(line.unit_price_incl_tax)
    return AgainLine(line, record, Finding.PRICE_MOVED if is_moved else Finding.AS_BEFORE, None, line.quantity, unit_vnd)


def basket_of(owner_id: int) -> Basket:
    """Return a person's open basket, locked; it is begun when there is none.

    The person's row is held before it, so that two presses do not begin two baskets.
    """
    User.objects.select_for_update(no_key=True).get(pk=owner_id)
    kept = Basket.objects.filter(owner_id=owner_id, status=Basket.OPEN).order_by("pk").values_list("pk", flat=True).first()
    if kept is not None:
        basket = lock_basket(basket_id=kept)
        if basket.status == Basket.OPEN:
            return basket
    return Basket.objects.create(owner_id=owner_id)


def _fill(basket: Basket, wanted: Iterable[AgainLine]) -> None:
    present = {line.stockrecord_id: line for line in basket.lines.all()}
    for again in wanted:
        record = again.stock_record
        if record is None:
            continue
        line = present.get(record.pk)
        if line is None:
            if len(present) >= MOST_LINES:
                continue  # named on the page: it is not in the basket
            line = present[record.pk] = new_line(basket, record)
        if line.quantity < again.quantity:
            write_quantity(line, record, min(again.quantity, MOST_UNITS_PER_LINE))

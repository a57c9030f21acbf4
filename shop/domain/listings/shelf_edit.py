"""One form of the producer's desk: prices and counted stock of all packs of a listing, saved whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shop.domain.people.actor import Actor
from shop.domain.stock.counting import LessThanAllocated, StockChanged, set_stock
from shop.oscar_forks.partner.models import StockRecord

from .price_edit import set_price


@dataclass(frozen=True)
class ShelfChange:
    """What the producer typed for one pack, and the stock that stood there when the form was made."""

    stock_record_id: int
    price_vnd: int
    on_hand: int
    expected_on_hand: int


class ShelfConflict(Exception):
    """One pack could not be saved, so none was; `cause` is StockChanged or LessThanAllocated."""

    def __init__(self, stock_record_id: int, cause: StockChanged | LessThanAllocated) -> None:
        self.stock_record_id = stock_record_id
        self.cause = cause
        super().__init__(stock_record_id)


@transaction.atomic
def edit_shelf(*, changes: Iterable[ShelfChange], expected_version: int, actor: Actor, now: datetime) -> None:
    """Save prices and stock of a listing's packs; raises ListingChanged, PriceOutOfRange or ShelfConflict."""
    by_id = {change.stock_record_id: change for change in changes}
    records = StockRecord.objects.for_actor(actor).filter(pk__in=by_id).order_by("pk")
    for record in records:
        change = by_id[record.pk]
        if record.price is None or int(record.price) != change.price_vnd:
            listing = set_price(
                stock_record_id=record.pk, price_vnd=change.price_vnd, expected_version=expected_version, actor=actor
            )
            expected_version = listing.version
        if change.on_hand != change.expected_on_hand:
            _count(change, actor, now)


def _count(change: ShelfChange, actor: Actor, now: datetime) -> None:
    try:
        set_stock(
            stock_record_id=change.stock_record_id,
            on_hand=change.on_hand,
            expected_on_hand=change.expected_on_hand,
            actor=actor,
            now=now,
        )
    except (StockChanged, LessThanAllocated) as cause:
        raise ShelfConflict(change.stock_record_id, cause) from cause

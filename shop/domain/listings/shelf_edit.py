"""One form of the producer's desk: prices and counted stock of all packs of a listing, saved whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shop.domain.people.actor import Actor
from shop.domain.stock.counting import LessThanAllocated, StockChanged, set_stock
from shop.oscar_forks.partner.models import StockRecord

from .models import Listing
from .own_listing import forbid_stopped, lock_own_listing
from .price_edit import ListingChanged, check_price, set_price
from .revising import forget_proposed_prices, propose_prices

# Above this the price of something that buyers know may be a slip of the finger, or a trick.
FREE_PERCENT = 30


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


@dataclass(frozen=True)
class Saved:
    """What became of a form: whether prices wait for a moderator, because they move by more than the limit."""

    waits_for_review: bool


@transaction.atomic
def edit_shelf(*, changes: Iterable[ShelfChange], expected_version: int, actor: Actor, now: datetime) -> Saved:
    """Save prices and stock of one listing's packs; raises ListingChanged, PriceOutOfRange, ShelfConflict, ProducerStopped.

    A price of what is, or was, on the shelf that moves by more than `FREE_PERCENT` is read by a moderator first.
    """
    by_id = {change.stock_record_id: change for change in changes}
    own = StockRecord.objects.for_actor(actor).filter(pk__in=by_id).order_by("pk")
    first = own.first()
    if first is None:
        return Saved(waits_for_review=False)
    listing = lock_own_listing(listing_id=first.listing_id, actor=actor)
    forbid_stopped(listing)
    proposed: dict[int, int] = {}
    set_now: list[int] = []
    for stock in own.filter(listing=listing):
        change = by_id[stock.pk]
        if stock.price is None or int(stock.price) != change.price_vnd:
            if _moves_too_far(listing, stock, change.price_vnd):
                check_price(change.price_vnd)
                if listing.version != expected_version and not set_now:
                    raise ListingChanged(listing.version)
                proposed[stock.pk] = change.price_vnd
            else:
                expected_version = set_price(
                    stock_record_id=stock.pk,
                    price_vnd=change.price_vnd,
                    expected_version=expected_version,
                    actor=actor,
                    now=now,
                ).version
                set_now.append(stock.pk)
        if change.on_hand != change.expected_on_hand:
            _count(change, actor, now)
    forget_proposed_prices(listing=listing, stock_record_ids=set_now, actor=actor, now=now)
    if proposed:
        propose_prices(listing=listing, prices=proposed, actor=actor, now=now)
    return Saved(waits_for_review=bool(proposed))


def _moves_too_far(listing: Listing, stock: StockRecord, price_vnd: int) -> bool:
    if listing.went_live_at is None or stock.price is None:
        return False
    return abs(price_vnd - int(stock.price)) * 100 > FREE_PERCENT * int(stock.price)


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

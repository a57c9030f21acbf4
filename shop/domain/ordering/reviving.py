"""Money that came after the hold had ended: the order lives again when everything in it can still be had, or not at all.

Its voucher is a part of it: the money that came is the reduced price.
"""

from datetime import datetime

from django.db import transaction

from shop.domain.listings.models import Listing
from shop.domain.listings.purchasable import refusal_of
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.stock.allocating import SoldOut, allocate_stock, record_allocation
from shop.domain.vouchers.using import hold_voucher_of, take_again
from shop.oscar_forks.order.models import Line, Order

from .locking import share_lock_shelf


class HoldIsOver(Exception):
    """The goods were given to somebody else, or may not be sold any more: the money goes back."""


def keep_shelf_of(*, payment_id: int) -> bool:
    """Take the shared locks of an order's goods before the order itself, as everybody does, when it may have to revive."""
    order = Order.objects.get(payments=payment_id)
    if order.status != Order.Status.EXPIRED:
        return False
    hold_voucher_of(order=order)
    share_lock_shelf(listing_ids=_listing_ids(order))
    return True


def revive_order(*, order: Order, confirm_by: datetime, now: datetime) -> None:
    """Promise the goods of an expired order again. Raises HoldIsOver; then nothing was promised."""
    parcels = [
        parcel
        for parcel in Parcel.objects.select_for_update().filter(order=order).order_by("pk")
        if transitions.was_expired(parcel=parcel)
    ]
    lines = list(Line.objects.filter(parcel__in=parcels).order_by("pk"))
    if not lines or not _may_be_sold(lines, now, is_adult=order.declared_adult_at is not None):
        raise HoldIsOver(order.number)
    quantities: dict[int, int] = {}
    for line in lines:
        quantities[line.stockrecord_id] = quantities.get(line.stockrecord_id, 0) + line.quantity
    try:
        # All or nothing: the units of the records that had enough go back with the savepoint.
        with transaction.atomic():
            allocate_stock(quantities=quantities)
            if not take_again(order=order):
                raise HoldIsOver(order.number)
    except SoldOut as error:
        raise HoldIsOver(order.number) from error
    for line in lines:
        line.num_allocated, line.allocation_cancelled = line.quantity, False
    Line.objects.bulk_update(lines, ["num_allocated", "allocation_cancelled"])
    record_allocation(lines=lines, now=now)
    for parcel in parcels:
        transitions.revive(parcel=parcel, confirm_by=confirm_by, actor=SYSTEM, now=now)


def _listing_ids(order: Order) -> list[int]:
    return [pk for pk in Line.objects.filter(order=order).values_list("stockrecord__listing_id", flat=True) if pk]


def _may_be_sold(lines: list[Line], now: datetime, *, is_adult: bool) -> bool:
    listings = Listing.objects.select_related("certificate", "product", "producer__profile").in_bulk(
        [line.stockrecord.listing_id for line in lines if line.stockrecord is not None]
    )
    for line in lines:
        listing = listings.get(line.stockrecord.listing_id) if line.stockrecord else None
        if listing is None or refusal_of(listing, today=now.date(), is_adult=is_adult) is not None:
            return False
        if listing.certificate_id != line.certificate_id:
            return False  # another star than the one it was sold under
    return True

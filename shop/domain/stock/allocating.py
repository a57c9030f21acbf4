"""Promising units to an order, giving them back, and letting them leave the house.

Against what: two buyers who both read "one left". The condition stands in the UPDATE itself, which PostgreSQL
evaluates again after it has waited for the row, so nobody reads and then decides. Stock rows are always taken in
primary-key order, after everything else an order locks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F

from shop.oscar_forks.order.models import Line
from shop.oscar_forks.partner.models import StockRecord

from .models import StockMovement
from .showing import show_stock_anew


class SoldOut(Exception):
    """There is less free stock than asked for; `stock_record_ids` names the records."""

    def __init__(self, stock_record_ids: Iterable[int]) -> None:
        self.stock_record_ids = tuple(stock_record_ids)
        super().__init__(self.stock_record_ids)


class NotAllocated(Exception):
    """Units leave the house that were never promised to anybody."""


def allocate_stock(*, quantities: Mapping[int, int]) -> None:
    """Promise `quantities` (units by stock record id) all together; raises SoldOut when any record has too few."""
    sold_out = [pk for pk, quantity in sorted(quantities.items()) if not _reserve_units(pk, quantity)]
    if sold_out:
        raise SoldOut(sold_out)
    show_stock_anew({pk: -quantity for pk, quantity in quantities.items()})


def record_allocation(*, lines: Iterable[Line], now: datetime) -> None:
    """Write down which order line each promised unit belongs to, once the lines exist."""
    StockMovement.objects.bulk_create(
        _movement(line, StockMovement.Kind.ALLOCATED, reserved_change=line.quantity, now=now) for line in lines
    )


def release_stock(*, parcel_id: int, now: datetime) -> None:
    """Give the units of a parcel back to the shelf, once: a second call finds nothing promised any more."""
    lines = _lock_allocated_lines(parcel_id)
    units = _units_by_record(lines)
    for pk, quantity in units:
        StockRecord.objects.filter(pk=pk).update(num_allocated=F("num_allocated") - quantity)
    show_stock_anew(dict(units))
    StockMovement.objects.bulk_create(
        _movement(line, StockMovement.Kind.RELEASED, reserved_change=-line.num_allocated, now=now) for line in lines
    )
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(num_allocated=0, allocation_cancelled=True)


def consume_stock(*, parcel_id: int, now: datetime) -> None:
    """Take the units of a parcel out of the house, once; raises NotAllocated when one was never promised."""
    lines = _lock_allocated_lines(parcel_id)
    if not lines:
        raise NotAllocated(parcel_id)
    for pk, quantity in _units_by_record(lines):
        StockRecord.objects.filter(pk=pk).update(
            num_allocated=F("num_allocated") - quantity, num_in_stock=F("num_in_stock") - quantity
        )
    StockMovement.objects.bulk_create(
        _movement(
            line,
            StockMovement.Kind.CONSUMED,
            on_hand_change=-line.num_allocated,
            reserved_change=-line.num_allocated,
            now=now,
        )
        for line in lines
    )
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(num_allocated=0)


def _reserve_units(stock_record_id: int, quantity: int) -> bool:
    return bool(
        StockRecord.objects.filter(pk=stock_record_id, num_in_stock__gte=F("num_allocated") + quantity).update(
            num_allocated=F("num_allocated") + quantity
        )
    )


def _lock_allocated_lines(parcel_id: int) -> list[Line]:
    # Locked before they are read: of two callers the second sees num_allocated = 0.
    lines = Line.objects.select_for_update(of=("self",)).filter(parcel_id=parcel_id).order_by("pk")
    return [line for line in lines if line.num_allocated]


def _units_by_record(lines: Iterable[Line]) -> list[tuple[int, int]]:
    units: Counter[int] = Counter()
    for line in lines:
        if line.stockrecord_id is not None:
            units[line.stockrecord_id] += line.num_allocated
    return sorted(units.items())


def _movement(line: Line, kind: str, *, now: datetime, on_hand_change: int = 0, reserved_change: int = 0) -> StockMovement:
    return StockMovement(
        stock_record_id=line.stockrecord_id,
        kind=kind,
        on_hand_change=on_hand_change,
        reserved_change=reserved_change,
        order_line=line,
        at=now,
    )

"""The life of a parcel. This table and these functions are the only writers of a parcel's status.

Each function expects the order and the parcel to be locked by its caller (`ordering.fulfilling`), returns whether
anything changed, and does nothing when the parcel is already there: coming twice is normal.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shop.domain.people.actor import Actor
from shop.domain.stock.allocating import consume_stock, release_stock

from .models import Parcel, ParcelEvent

S = Parcel.Status
ALLOWED: Mapping[str, frozenset[str]] = {
    S.PENDING: frozenset({S.TO_CONFIRM, S.CANCELLED}),
    S.TO_CONFIRM: frozenset({S.PACKING, S.DECLINED, S.CANCELLED, S.ON_HOLD}),
    S.PACKING: frozenset({S.SHIPPED, S.DECLINED, S.CANCELLED, S.ON_HOLD}),
    S.ON_HOLD: frozenset({S.TO_CONFIRM, S.PACKING, S.CANCELLED}),
    S.SHIPPED: frozenset({S.DELIVERED, S.RETURNING, S.LOST}),
    S.DELIVERED: frozenset({S.CLOSED, S.RETURNING}),
    S.RETURNING: frozenset({S.RETURNED, S.LOST, S.DELIVERED}),  # back to delivered when the office gives nothing back
    S.CLOSED: frozenset(),
    S.DECLINED: frozenset(),
    S.CANCELLED: frozenset({S.TO_CONFIRM}),  # only what a hold's end cancelled, when its money comes late: see `revive`
    S.RETURNED: frozenset(),
    S.LOST: frozenset(),
}
PACKED_NOTE = "packed"
EXPIRED_NOTE = "expired"


class IllegalTransition(Exception):
    """A parcel cannot go from where it is to where somebody wants it."""

    def __init__(self, parcel: Parcel, target: str) -> None:
        self.parcel = parcel
        self.target = target
        super().__init__(f"{parcel.number}: {parcel.status} → {target}")


class ReasonMissing(Exception):
    """Whoever declines a parcel tells the buyer why."""


class TrackingMissing(Exception):
    """A shipped parcel names its carrier and the carrier's number."""


def confirm(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """The producer takes the parcel on; one that the office holds is not theirs to take."""
    if parcel.status == S.ON_HOLD:
        raise IllegalTransition(parcel, S.PACKING)
    return _move(parcel, S.PACKING, actor, now, confirmed_at=now)


def decline(*, parcel: Parcel, reason: str, actor: Actor, now: datetime) -> bool:
    """The producer cannot deliver; the units go back to the shelf."""
    if not reason.strip():
        raise ReasonMissing(parcel.number)
    return _drop(parcel, S.DECLINED, reason, actor, now)


def cancel(*, parcel: Parcel, reason: str, actor: Actor, now: datetime) -> bool:
    """Buyer, office or system calls the parcel off; the units go back to the shelf."""
    return _drop(parcel, S.CANCELLED, reason, actor, now)


def release_to_producer(*, parcel: Parcel, confirm_by: datetime, actor: Actor, now: datetime) -> bool:
    """The money is there: the producer is asked. A parcel that went on already stays where it is."""
    if parcel.status != S.PENDING:
        return False
    return _move(parcel, S.TO_CONFIRM, actor, now, confirm_by=confirm_by)


def expire(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """The money did not come in time; the units go back to the shelf."""
    if not _move(parcel, S.CANCELLED, actor, now, note=EXPIRED_NOTE):
        return False
    release_stock(parcel_id=parcel.pk, now=now)
    return True


def was_expired(*, parcel: Parcel) -> bool:
    """Whether the end of a hold cancelled this parcel, and nobody else did."""
    last = ParcelEvent.objects.filter(parcel=parcel).order_by("pk").last()
    return parcel.status == S.CANCELLED and last is not None and last.note == EXPIRED_NOTE


def revive(*, parcel: Parcel, confirm_by: datetime, actor: Actor, now: datetime) -> bool:
    """The money came after all and the caller promised the units again: the producer is asked."""
    if not was_expired(parcel=parcel):
        raise IllegalTransition(parcel, S.TO_CONFIRM)
    return _move(parcel, S.TO_CONFIRM, actor, now, confirm_by=confirm_by)


def hold(*, parcel: Parcel, reason: str, actor: Actor, now: datetime) -> bool:
    """The office stops the parcel before it leaves; its units stay promised."""
    # The office's reason is about a certificate, so it may stand in the history.
    return _move(parcel, S.ON_HOLD, actor, now, note=reason.strip(), reason=reason.strip())


def resume(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """The hold is over: the parcel is again where it was."""
    if parcel.status != S.ON_HOLD:
        return False
    held = ParcelEvent.objects.filter(parcel=parcel, to_status=S.ON_HOLD).order_by("pk").last()
    return _move(parcel, held.from_status if held else S.TO_CONFIRM, actor, now, reason="")


def pack(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """The box is closed: still `packing`, but the buyer cannot cancel it freely any more."""
    if parcel.status != S.PACKING:
        raise IllegalTransition(parcel, PACKED_NOTE)
    if parcel.packed_at is not None:
        return False
    parcel.packed_at = now
    parcel.save(update_fields=["packed_at"])
    _write_event(parcel, parcel.status, actor, now, PACKED_NOTE)
    return True


def ship(*, parcel: Parcel, carrier: str, tracking_number: str, actor: Actor, now: datetime) -> bool:
    """The carrier has it; the units leave the stock."""
    if parcel.status == S.SHIPPED:
        return False
    if not carrier.strip() or not tracking_number.strip():
        raise TrackingMissing(parcel.number)
    packed_at = parcel.packed_at or now
    _move(
        parcel,
        S.SHIPPED,
        actor,
        now,
        carrier=carrier.strip(),
        tracking_number=tracking_number.strip(),
        packed_at=packed_at,
        shipped_at=now,
    )
    consume_stock(parcel_id=parcel.pk, now=now)
    return True


def deliver(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """The buyer has it, also when it had been reported as turned back; what is sent back after delivery is not delivered anew."""
    if parcel.status == S.RETURNING and parcel.delivered_at is not None:
        raise IllegalTransition(parcel, S.DELIVERED)
    return _move(parcel, S.DELIVERED, actor, now, delivered_at=now)


def start_return(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """All of it is on its way back to the producer, sent by its buyer or never delivered."""
    return _move(parcel, S.RETURNING, actor, now)


def finish_return(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """All of it is back; what can be sold again is put on the shelf by the caller, line by line."""
    return _move(parcel, S.RETURNED, actor, now)


def undo_return(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """The office gives nothing back for it: it counts as delivered, on the day it was."""
    return _move(parcel, S.DELIVERED, actor, now)


def lose(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """Its carrier does not have it any more."""
    return _move(parcel, S.LOST, actor, now)


def close(*, parcel: Parcel, actor: Actor, now: datetime) -> bool:
    """The return window is over: nothing more happens to this parcel."""
    return _move(parcel, S.CLOSED, actor, now)


def _drop(parcel: Parcel, target: str, reason: str, actor: Actor, now: datetime) -> bool:
    # What a buyer writes, or a producer about a buyer, stays out of the history: it can never be erased from there.
    if not _move(parcel, target, actor, now, reason=reason.strip()):
        return False
    release_stock(parcel_id=parcel.pk, now=now)
    return True


def _move(parcel: Parcel, target: str, actor: Actor, now: datetime, *, note: str = "", **facts: Any) -> bool:
    if parcel.status == target:
        return False
    if target not in ALLOWED[parcel.status]:
        raise IllegalTransition(parcel, target)
    came_from = parcel.status
    parcel.status = target
    for name, value in facts.items():
        setattr(parcel, name, value)
    parcel.save(update_fields=["status", *facts])
    _write_event(parcel, came_from, actor, now, note)
    return True


def _write_event(parcel: Parcel, came_from: str, actor: Actor, now: datetime, note: str) -> None:
    ParcelEvent.objects.create(
        parcel=parcel, at=now, actor_id=actor.user_id, from_status=came_from, to_status=parcel.status, note=note
    )

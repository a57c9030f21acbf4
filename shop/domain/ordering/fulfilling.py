"""What desks, buyers and carriers do to a parcel: each call locks, moves the parcel, settles the payment, tells people.

Who may do it is asked before, where the parcel is fetched; here is only what may happen.
"""

from datetime import datetime

from django.db import transaction

from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.cash import drop_from_cash, note_cash
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Order

from . import booking
from .deriving import DROPPED, FINISHED, derive_status
from .locking import lock_order_of_parcel
from .messages import tell_parcel_moved
from .refund_promises import refund_parcel


@transaction.atomic
def confirm_parcel(*, parcel_id: int, actor: Actor, now: datetime) -> Parcel:
    """The producer takes the parcel on; the buyer hears of it."""
    order, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if transitions.confirm(parcel=parcel, actor=actor, now=now):
        derive_status(order=order)
        tell_parcel_moved(parcel=parcel, now=now)
    return parcel


@transaction.atomic
def decline_parcel(*, parcel_id: int, reason: str, actor: Actor, now: datetime) -> Parcel:
    """The producer cannot deliver and says why; stock and money of this parcel are let go."""
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if transitions.decline(parcel=parcel, reason=reason, actor=actor, now=now):
        settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.DECLINED, actor=actor, now=now)
        tell_parcel_moved(parcel=parcel, now=now)
    return parcel


@transaction.atomic
def pack_parcel(*, parcel_id: int, actor: Actor, now: datetime) -> Parcel:
    """The box is closed; from here on the buyer asks instead of cancelling."""
    _, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    transitions.pack(parcel=parcel, actor=actor, now=now)
    return parcel


@transaction.atomic
def ship_parcel(*, parcel_id: int, carrier: str, tracking_number: str, actor: Actor, now: datetime) -> Parcel:
    """The carrier has it; the units leave the stock and the buyer gets the carrier's number."""
    order, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if transitions.ship(parcel=parcel, carrier=carrier, tracking_number=tracking_number, actor=actor, now=now):
        derive_status(order=order)
        tell_parcel_moved(parcel=parcel, now=now)
    return parcel


@transaction.atomic
def deliver_parcel(*, parcel_id: int, actor: Actor, now: datetime) -> Parcel:
    """The buyer has it, as buyer, carrier or office say; money collected at the door is noted."""
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if transitions.deliver(parcel=parcel, actor=actor, now=now):
        if payment is not None and not PROVIDERS[payment.method].is_paid_before_packing:
            _collect_cash(order, payment, parcel, now)
        derive_status(order=order)
        tell_parcel_moved(parcel=parcel, now=now)
    return parcel


def settle_dropped_parcel(
    *, order: Order, payment: Payment | None, parcel: Parcel, reason: str, actor: Actor, now: datetime
) -> None:
    """Take a declined or cancelled parcel out of what is to be paid, or give its money back; derive the order's status."""
    if payment is not None:
        _drop_money(payment, parcel, reason, actor, now)
    derive_status(order=order)


def _drop_money(payment: Payment, parcel: Parcel, reason: str, actor: Actor, now: datetime) -> None:
    if not PROVIDERS[payment.method].is_paid_before_packing:
        drop_from_cash(payment=payment, amount_vnd=parcel.total_vnd)
    elif payment.is_open:
        # It asks for too much now; a worker ends it and opens the next (`attempts.close_unwanted_attempts`).
        payment.close_asked_at = payment.close_asked_at or now
        payment.save(update_fields=["close_asked_at"])
    elif payment.captured_vnd:
        refund_parcel(payment=payment, parcel=parcel, reason=reason, actor=actor, now=now)


def _collect_cash(order: Order, payment: Payment, parcel: Parcel, now: datetime) -> None:
    is_last = not Parcel.objects.filter(order=order).exclude(status__in=DROPPED | FINISHED).exists()
    note_cash(payment=payment, amount_vnd=parcel.total_vnd, is_last=is_last)
    booking.book_cash(payment=payment, parcel=parcel, is_with_producer=parcel.is_own_delivery, now=now)

"""What desks, buyers and carriers do to a parcel: each call locks, moves the parcel, settles the payment, tells people.

Who may do it is asked before, where the parcel is fetched; here is only what may happen.
"""

from datetime import datetime

from django.db import transaction

from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Order

from .deriving import DROPPED, FINISHED, derive_status
from .locking import lock_order_of_parcel
from .messages import tell_parcel_moved


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
        settle_dropped_parcel(order=order, payment=payment, parcel=parcel)
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
    """The buyer has it; money collected at the door is noted."""
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if transitions.deliver(parcel=parcel, actor=actor, now=now):
        if payment is not None:
            is_last = not Parcel.objects.filter(order=order).exclude(status__in=DROPPED | FINISHED).exists()
            PROVIDERS[payment.method].note_delivery(payment=payment, amount_vnd=parcel.total_vnd, is_last=is_last)
        derive_status(order=order)
        tell_parcel_moved(parcel=parcel, now=now)
    return parcel


def settle_dropped_parcel(*, order: Order, payment: Payment | None, parcel: Parcel) -> None:
    """Take a declined or cancelled parcel out of what is to be paid, then derive the order's status."""
    if payment is not None:
        PROVIDERS[payment.method].drop_amount(payment=payment, amount_vnd=parcel.total_vnd)
    derive_status(order=order)

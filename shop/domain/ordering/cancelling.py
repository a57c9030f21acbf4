"""The buyer changes their mind: free until the parcel is packed, parcel by parcel or the whole order."""

from datetime import datetime

from django.db import transaction

from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Order

from .fulfilling import settle_dropped_parcel
from .locking import lock_order, lock_order_of_parcel
from .messages import tell_parcel_moved

CANCELLABLE = frozenset({Parcel.Status.PENDING, Parcel.Status.TO_CONFIRM, Parcel.Status.PACKING, Parcel.Status.ON_HOLD})


class TooLateToCancel(Exception):
    """The parcel is packed or on its way: from here on it is a return."""


def is_cancellable(*, parcel: Parcel) -> bool:
    """Say whether the buyer may still call this parcel off."""
    return parcel.status in CANCELLABLE and parcel.packed_at is None


@transaction.atomic
def cancel_parcel(*, parcel_id: int, reason: str, actor: Actor, now: datetime) -> Parcel:
    """Call one parcel off; its units go back to the shelf once, and its money is not asked for."""
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if parcel.status == Parcel.Status.CANCELLED:
        return parcel
    if not is_cancellable(parcel=parcel):
        raise TooLateToCancel(parcel.number)
    transitions.cancel(parcel=parcel, reason=reason, actor=actor, now=now)
    settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.CANCELLED, actor=actor, now=now)
    tell_parcel_moved(parcel=parcel, now=now)
    return parcel


@transaction.atomic
def cancel_order(*, order_id: int, reason: str, actor: Actor, now: datetime) -> Order:
    """Call every parcel off, or none: one that is packed already keeps the order alive."""
    lock_order(order_id=order_id)
    for parcel_id in Parcel.objects.filter(order_id=order_id).order_by("pk").values_list("pk", flat=True):
        if Parcel.objects.get(pk=parcel_id).status != Parcel.Status.DECLINED:
            cancel_parcel(parcel_id=parcel_id, reason=reason, actor=actor, now=now)
    return Order.objects.get(pk=order_id)

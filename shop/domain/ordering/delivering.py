"""Who may say that a parcel arrived: its buyer, the carrier, the office; a producer only of what it brought itself.

The money of a parcel is the producer's soon after, so its word alone is not enough. Where nobody says anything, the
parcel counts as delivered after a week, unless somebody disputes its money or asks the office about its order.
"""

from datetime import datetime, timedelta

from django.db import transaction

from shop.common.promises import DELIVERED_AFTER_DAYS
from shop.domain.cases.models import Case
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.payments.models import Payment
from shop.domain.people.actor import SYSTEM, Actor

from .fulfilling import deliver_parcel
from .locking import lock_order_of_parcel

SILENCE = timedelta(days=DELIVERED_AFTER_DAYS)
BATCH = 200


class NotYourDelivery(Exception):
    """A carrier has the parcel: the producer cannot know that it arrived."""


@transaction.atomic
def deliver_own_parcel(*, parcel_id: int, actor: Actor, now: datetime) -> Parcel:
    """The producer brought it and the buyer took it. Raises NotYourDelivery."""
    _, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if parcel.status == Parcel.Status.SHIPPED and not parcel.is_own_delivery:
        raise NotYourDelivery(parcel.number)
    return deliver_parcel(parcel_id=parcel_id, actor=actor, now=now)


def is_receivable(*, parcel: Parcel) -> bool:
    """Say whether the buyer may report this parcel as received."""
    return parcel.status == Parcel.Status.SHIPPED


def deliver_silent_parcels(*, now: datetime, at_most: int = BATCH) -> int:
    """Count parcels as delivered that were sent a week ago and nobody spoke of; returns how many."""
    return sum(_deliver_if_still_silent(pk, now) for pk in _silent_parcels(now)[:at_most])


def _silent_parcels(now: datetime) -> list[int]:
    asked = Case.objects.exclude(state=Case.State.CLOSED).exclude(order_number="").values("order_number")
    silent = (
        Parcel.objects.filter(status=Parcel.Status.SHIPPED, shipped_at__lte=now - SILENCE)
        .exclude(order__payments__status=Payment.Status.DISPUTED)
        .exclude(order__number__in=asked)
    )
    return list(silent.order_by("shipped_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def _deliver_if_still_silent(parcel_id: int, now: datetime) -> bool:
    lock_order_of_parcel(parcel_id=parcel_id)
    if parcel_id not in _silent_parcels(now):
        return False
    try:
        deliver_parcel(parcel_id=parcel_id, actor=SYSTEM, now=now)
    except IllegalTransition:
        return False
    return True

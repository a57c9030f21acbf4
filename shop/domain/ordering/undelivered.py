"""A parcel that its buyer never got: it turns back and comes home, or is lost. Nothing is paid for it.

Cash was never taken, so it is no longer asked for; what was paid before goes back once the goods are home or known to be
lost. What a buyer sends back after delivery is a return (`ordering.returning`) and none of this.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from shop.common.promises import RETURN_RECEIVED_WITHIN_DAYS
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.stock.counting import restock

from .deriving import derive_status
from .fulfilling import settle_dropped_parcel
from .locking import lock_order_of_parcel
from .messages import tell_parcel_moved
from .returning import WrongUnits

P = Parcel.Status
# A producer that says nothing is taken to have the goods; its buyer does not wait for ever.
SILENCE = timedelta(days=RETURN_RECEIVED_WITHIN_DAYS)


def is_coming_home(*, parcel: Parcel) -> bool:
    """Whether a carrier brings it back undelivered."""
    return parcel.status == P.RETURNING and parcel.delivered_at is None


@transaction.atomic
def turn_back(*, parcel_id: int, actor: Actor, now: datetime) -> Parcel:
    """The carrier could not deliver it: buyer and producer hear of it. Raises IllegalTransition."""
    order, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    _refuse_delivered(parcel, P.RETURNING)
    if transitions.start_return(parcel=parcel, actor=actor, now=now):
        derive_status(order=order)
        tell_parcel_moved(parcel=parcel, now=now)
    return parcel


@transaction.atomic
def come_home(*, parcel_id: int, restocked: Mapping[int, int], actor: Actor, now: datetime) -> Parcel:
    """The producer has it again: what can be sold goes on the shelf (units by line id), the money goes back.

    Raises IllegalTransition, WrongUnits.
    """
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    _refuse_delivered(parcel, P.RETURNED)
    if transitions.finish_return(parcel=parcel, actor=actor, now=now):
        _put_on_shelf(parcel, restocked, actor, now)
        settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.RETURNED, actor=actor, now=now)
    return parcel


@transaction.atomic
def lose_parcel(*, parcel_id: int, actor: Actor, now: datetime) -> Parcel:
    """The carrier does not find it any more, on its way out or home: the money goes back. Raises IllegalTransition."""
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    _refuse_delivered(parcel, P.LOST)
    if transitions.lose(parcel=parcel, actor=actor, now=now):
        settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.CANCELLED, actor=actor, now=now)
        tell_parcel_moved(parcel=parcel, now=now)
    return parcel


def bring_home_silent_parcels(*, now: datetime, at_most: int = 200) -> int:
    """Count parcels as home that turned back ten days ago and nobody spoke of; nothing goes on the shelf unseen."""
    return sum(_bring_home_if_still_silent(pk, now) for pk in _silent(now).order_by("pk").values_list("pk", flat=True)[:at_most])


def _silent(now: datetime) -> QuerySet[Parcel]:
    turned = ParcelEvent.objects.filter(to_status=P.RETURNING, at__lte=now - SILENCE).values("parcel")
    return Parcel.objects.filter(status=P.RETURNING, delivered_at__isnull=True, pk__in=turned)


@transaction.atomic
def _bring_home_if_still_silent(parcel_id: int, now: datetime) -> bool:
    lock_order_of_parcel(parcel_id=parcel_id)
    if not _silent(now).filter(pk=parcel_id).exists():
        return False
    come_home(parcel_id=parcel_id, restocked={}, actor=SYSTEM, now=now)
    return True


def _refuse_delivered(parcel: Parcel, target: str) -> None:
    """What was delivered comes back as a return, or not at all."""
    if parcel.delivered_at is not None:
        raise transitions.IllegalTransition(parcel, target)


def _put_on_shelf(parcel: Parcel, restocked: Mapping[int, int], actor: Actor, now: datetime) -> None:
    for line in parcel.lines.order_by("stockrecord_id", "pk"):
        units = restocked.get(line.pk, 0)
        if not 0 <= units <= line.quantity:
            raise WrongUnits(line.pk)
        if units and line.stockrecord_id is not None:
            restock(stock_record_id=line.stockrecord_id, quantity=units, actor=actor, now=now)

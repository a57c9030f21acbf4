"""What becomes of listings and orders that are there already when the office stops a producer, or lets it go on.

The table of the operating rules, its last column: what is not paid yet is cancelled, what is not shipped yet waits (the
office may release single parcels, see `held_parcels`), what is shipped goes on, and payouts are frozen. A producer that is
terminated sends nothing any more: what is not shipped is cancelled and its listings are archived.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from shop.domain.listings.archiving import archive_listings, unarchived_listings
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.producers import standing
from shop.domain.producers.models import ProducerEvent

from .certificate_stops import NOT_SHIPPED, UNPAID
from .deriving import derive_status
from .fulfilling import settle_dropped_parcel
from .holds import may_go_on
from .locking import lock_order_of_parcel
from .messages import tell_parcel_moved, tell_parcel_released, tell_parcel_waits_for_producer

P = Parcel.Status
A = ProducerEvent.Action
SETTLED = (A.SUSPENDED, A.REINSTATED, A.TERMINATED)
OPEN = (*UNPAID, *NOT_SHIPPED, P.ON_HOLD)
# What the buyer reads; why the office did it is between the office and the producer.
WORDS_FOR_BUYERS = "Văn phòng OCOP đã dừng chủ thể này."


def suspend_and_hold(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """Suspend a producer; its parcels that are not shipped wait. None when it is suspended already."""
    event = standing.suspend_producer(producer_id=producer_id, reason=reason, actor=actor, now=now)
    return _settled(event, now)


def reinstate_and_resume(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """End a suspension; parcels that waited for nothing else go on. None when there was none."""
    event = standing.reinstate_producer(producer_id=producer_id, reason=reason, actor=actor, now=now)
    return _settled(event, now)


def terminate_and_cancel(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """Stop a producer for good: parcels that are not shipped are cancelled, listings archived. None when done before."""
    event = standing.terminate_producer(producer_id=producer_id, reason=reason, actor=actor, now=now)
    return _settled(event, now)


def settle_producer_stop(*, event: ProducerEvent, now: datetime) -> None:
    """Do to each parcel what the act means for it, one transaction per order, after the act itself is committed.

    Nothing of the producer is for sale from the act on, however many parcels there are. Again, it does what is missing.
    """
    actor = Actor(user_id=event.actor_id)
    statuses = {A.SUSPENDED: (*UNPAID, *NOT_SHIPPED), A.REINSTATED: (P.ON_HOLD,), A.TERMINATED: OPEN}[A(event.action)]
    step = {A.SUSPENDED: _stop_parcel, A.REINSTATED: _resume_parcel, A.TERMINATED: _cancel_parcel}[A(event.action)]
    for parcel_id in _parcels_of(event.producer_id, statuses):
        step(parcel_id, event, actor, now)
    if event.action == A.TERMINATED:
        archive_listings(producer_id=event.producer_id, actor=actor, now=now)


def settle_unfinished_producer_stops(*, now: datetime) -> None:
    """Go on where a process died between an act and its parcels; each producer's last act counts."""
    waiting = Parcel.objects.filter(producer=OuterRef("producer"), status__in=OPEN)
    events = ProducerEvent.objects.filter(action__in=SETTLED).order_by("producer_id", "-pk").distinct("producer_id")
    last = ProducerEvent.objects.filter(pk__in=events.values("pk"))
    has_work = Exists(waiting) | Exists(unarchived_listings(producer_id=OuterRef("producer")))
    for event in last.filter(has_work).order_by("pk"):
        settle_producer_stop(event=event, now=now)


def _settled(event: ProducerEvent | None, now: datetime) -> ProducerEvent | None:
    if event is not None:
        settle_producer_stop(event=event, now=now)
    return event


@transaction.atomic
def _stop_parcel(parcel_id: int, event: ProducerEvent, actor: Actor, now: datetime) -> None:
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if parcel.status in UNPAID:
        transitions.cancel(parcel=parcel, reason=WORDS_FOR_BUYERS, actor=actor, now=now)
        settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.STOPPED, actor=SYSTEM, now=now)
        tell_parcel_moved(parcel=parcel, now=now)
    # Asked again under the lock: meanwhile it may have been shipped, cancelled, or held and released.
    elif parcel.status in NOT_SHIPPED and not _was_held_since(parcel, event):
        transitions.hold(parcel=parcel, reason=WORDS_FOR_BUYERS, actor=actor, now=now)
        derive_status(order=order)
        tell_parcel_waits_for_producer(parcel=parcel, event_id=event.pk, now=now)


@transaction.atomic
def _resume_parcel(parcel_id: int, _event: ProducerEvent, actor: Actor, now: datetime) -> None:
    order, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if not may_go_on(parcel=parcel) or not transitions.resume(parcel=parcel, actor=actor, now=now):
        return
    derive_status(order=order)
    hold = ParcelEvent.objects.filter(parcel=parcel, to_status=P.ON_HOLD).order_by("pk").last()
    tell_parcel_released(parcel=parcel, hold_id=hold.pk if hold else 0, now=now)


@transaction.atomic
def _cancel_parcel(parcel_id: int, _event: ProducerEvent, actor: Actor, now: datetime) -> None:
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if parcel.status not in OPEN:
        return
    transitions.cancel(parcel=parcel, reason=WORDS_FOR_BUYERS, actor=actor, now=now)
    settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.STOPPED, actor=SYSTEM, now=now)
    tell_parcel_moved(parcel=parcel, now=now)


def _was_held_since(parcel: Parcel, event: ProducerEvent) -> bool:
    return ParcelEvent.objects.filter(parcel=parcel, to_status=P.ON_HOLD, at__gte=event.at).exists()


def _parcels_of(producer_id: int, statuses: Iterable[str]) -> list[int]:
    found = Parcel.objects.filter(producer=producer_id, status__in=statuses).order_by("order_id", "pk")
    return list(found.values_list("pk", flat=True))

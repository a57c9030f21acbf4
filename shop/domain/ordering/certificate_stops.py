"""What becomes of orders that are there already when the office stops a certificate, or lets it go on.

The table of the operating rules: an expired star is honoured for what was sold under it. A suspension or revocation
cancels what is not paid yet, holds what is not shipped yet, and leaves shipped parcels alone, unless goods are
dangerous: then every buyer is told. Cash at the door counts as paid: the producer was asked to pack.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from shop.domain.certificates import act_requests, acts
from shop.domain.certificates.acting_alone import begin_alone
from shop.domain.certificates.acts import Ground
from shop.domain.certificates.models import Certificate, CertificateActRequest, CertificateEvent
from shop.domain.notifications.bell import ring_bell
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM, Actor
from shop.oscar_forks.order.models import Line

from .deriving import derive_status
from .fulfilling import settle_dropped_parcel
from .holds import may_go_on, stopped_certificates
from .locking import lock_order_of_parcel
from .messages import PARCEL_ON_HOLD, PARCEL_RECALLED, PARCEL_RESUMED, tell_parcel_moved, tell_parcel_stopped

P = Parcel.Status
UNPAID = (P.PENDING,)
NOT_SHIPPED = (P.TO_CONFIRM, P.PACKING)
WITH_BUYERS = (P.SHIPPED, P.DELIVERED, P.CLOSED)
ACTS_WITH_THE_APPROVAL = 20
BULK_TASK = "shop.domain.ordering.tasks.carry_out_approved_acts"
# How long a held parcel waits for the office before it is called off and its money goes back.
HELD_AT_MOST = {Certificate.State.SUSPENDED: timedelta(days=7), Certificate.State.REVOKED: timedelta(hours=48)}


def suspend_and_hold(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent | None:
    """Suspend a certificate; what was ordered under it and is not shipped waits. None when it is suspended already."""
    event = acts.suspend_certificate(certificate_id=certificate_id, ground=ground, actor=actor, now=now)
    if event is not None:
        settle_stop(event=event, now=now)
    return event


def lift_and_resume(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent | None:
    """End a suspension; parcels that waited for nothing else go on. None when there was none."""
    event = acts.lift_suspension(certificate_id=certificate_id, ground=ground, actor=actor, now=now)
    if event is not None:
        settle_stop(event=event, now=now)
    return event


def approve_revocation_and_hold(*, request_id: int, actor: Actor, now: datetime) -> CertificateEvent | None:
    """Revoke as the second officer; parcels wait for the office, and buyers of dangerous goods are told at once."""
    with transaction.atomic():
        event = act_requests.approve_revocation(request_id=request_id, actor=actor, now=now)
        if event is not None:
            _recall_goods(event, now)
    if event is not None:
        settle_stop(event=event, now=now)
    return event


def approve_and_carry_out(*, request_id: int, actor: Actor, now: datetime) -> None:
    """Sign a colleague's request as the second officer and do what it asks; signed before, only what is missing is done.

    Of a bulk act the first few certificates are done here and the rest by a worker (see `carry_out_bulk_acts`).
    """
    request = CertificateActRequest.objects.filter(pk=request_id).first()
    if request is None:
        raise act_requests.UnknownRequest(request_id)
    if request.action == CertificateActRequest.Action.REVOKE:
        approve_revocation_and_hold(request_id=request_id, actor=actor, now=now)
        return
    act_requests.approve_bulk_act(request_id=request_id, actor=actor, now=now)
    if carry_out_bulk_acts(now=now, request_id=request_id, at_most=ACTS_WITH_THE_APPROVAL):
        ring_bell(BULK_TASK)


def act_alone(
    *, act: str, certificate_ids: Collection[int], ground: Ground, actor: Actor, now: datetime, **more: Any
) -> CertificateActRequest:
    """Do a bulk act that needs no colleague: the first few certificates here, the rest by a worker."""
    begun = begin_alone(act=act, certificate_ids=certificate_ids, ground=ground, actor=actor, now=now, **more)
    if carry_out_bulk_acts(now=now, request_id=begun.pk, at_most=ACTS_WITH_THE_APPROVAL):
        ring_bell(BULK_TASK)
    return begun


def carry_out_bulk_acts(*, now: datetime, at_most: int, request_id: int | None = None) -> bool:
    """Act on the next certificates of approved bulk acts, each in a transaction of its own; says whether more wait."""
    waiting = act_requests.unfinished_items(request_id=request_id)
    for item_id in waiting.values_list("pk", flat=True)[:at_most]:
        event = act_requests.carry_out_item(item_id=item_id, now=now)
        if event is not None and event.action in (*acts.STOPS, acts.LIFTED):
            settle_stop(event=event, now=now)
    return waiting.exists()


def settle_stop(*, event: CertificateEvent, now: datetime) -> None:
    """Do to each parcel what the act means for it, one transaction per order, after the act itself is committed.

    The star is gone at once, however many parcels there are. Doing it again does what is missing.
    """
    actor = Actor(user_id=event.actor_id)
    if event.action == acts.LIFTED:
        for parcel_id in _parcels_under(event.certificate_id, [P.ON_HOLD]):
            _resume_parcel(parcel_id, event, actor, now)
        return
    for parcel_id in _parcels_under(event.certificate_id, [*UNPAID, *NOT_SHIPPED]):
        _stop_parcel(parcel_id, event, actor, now)
    _recall_goods(event, now)  # again, for what was shipped meanwhile; nobody is told twice


def settle_unfinished_stops(*, now: datetime) -> None:
    """Go on where a process died between an act and its parcels; each certificate's last act counts."""
    waiting = [*UNPAID, *NOT_SHIPPED, P.ON_HOLD]
    concerned = Line.objects.filter(parcel__status__in=waiting).values("certificate_id")
    events = CertificateEvent.objects.filter(certificate__in=concerned, action__in=(*acts.STOPS, acts.LIFTED))
    for event in events.order_by("certificate_id", "-pk").distinct("certificate_id"):
        settle_stop(event=event, now=now)


def cancel_parcels_held_too_long(*, now: datetime) -> int:
    """Call off what the office did not decide in time: seven days after a suspension, 48 hours after a revocation."""
    held = Parcel.objects.filter(status=P.ON_HOLD).order_by("pk").values_list("pk", flat=True)
    return sum(_cancel_if_overdue(parcel_id, now) for parcel_id in held)


@transaction.atomic
def _stop_parcel(parcel_id: int, event: CertificateEvent, actor: Actor, now: datetime) -> None:
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    reason = event.detail["reason"]
    if parcel.status in UNPAID:
        transitions.cancel(parcel=parcel, reason=reason, actor=actor, now=now)
        settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.STOPPED, actor=SYSTEM, now=now)
        tell_parcel_moved(parcel=parcel, now=now)
    # Asked again under the lock: meanwhile it may have been shipped, cancelled, or held and let go.
    elif parcel.status in NOT_SHIPPED and not _was_held_since(parcel, event):
        transitions.hold(parcel=parcel, reason=reason, actor=actor, now=now)
        derive_status(order=order)
        tell_parcel_stopped(parcel=parcel, kind=PARCEL_ON_HOLD, event_id=event.pk, now=now)


def _was_held_since(parcel: Parcel, event: CertificateEvent) -> bool:
    return ParcelEvent.objects.filter(parcel=parcel, to_status=P.ON_HOLD, at__gte=event.at).exists()


@transaction.atomic
def _resume_parcel(parcel_id: int, event: CertificateEvent, actor: Actor, now: datetime) -> None:
    order, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if not may_go_on(parcel=parcel):
        return
    if transitions.resume(parcel=parcel, actor=actor, now=now):
        derive_status(order=order)
        tell_parcel_stopped(parcel=parcel, kind=PARCEL_RESUMED, event_id=event.pk, now=now)


@transaction.atomic
def _recall_goods(event: CertificateEvent, now: datetime) -> None:
    if event.action != acts.REVOKED or not event.detail["is_safety_matter"]:
        return
    for parcel_id in _parcels_under(event.certificate_id, WITH_BUYERS):
        parcel = Parcel.objects.select_related("order").get(pk=parcel_id)
        tell_parcel_stopped(parcel=parcel, kind=PARCEL_RECALLED, event_id=event.pk, now=now)


@transaction.atomic
def _cancel_if_overdue(parcel_id: int, now: datetime) -> bool:
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    deadline = deadline_of_hold(parcel) if parcel.status == P.ON_HOLD else None
    if deadline is None or now < deadline:
        return False
    transitions.cancel(parcel=parcel, reason=parcel.reason, actor=SYSTEM, now=now)
    settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.STOPPED, actor=SYSTEM, now=now)
    tell_parcel_moved(parcel=parcel, now=now)
    return True


def deadline_of_hold(parcel: Parcel) -> datetime | None:
    """Return when a held parcel is called off if nobody decides before; None when no stop of a certificate holds it."""
    held_at = ParcelEvent.objects.filter(parcel=parcel, to_status=P.ON_HOLD).latest("pk").at
    deadlines = []
    for certificate in stopped_certificates(parcel=parcel):
        stop = certificate.events.filter(action__in=acts.STOPS).order_by("pk").last()
        since = max(held_at, stop.at) if stop else held_at
        deadlines.append(since + HELD_AT_MOST[Certificate.State(certificate.stored_state)])
    return min(deadlines, default=None)


def _parcels_under(certificate_id: int, statuses: Iterable[str]) -> list[int]:
    lines = Line.objects.filter(certificate_id=certificate_id).values("parcel_id")
    found = Parcel.objects.filter(pk__in=lines, status__in=statuses).order_by("order_id", "pk")
    return list(found.values_list("pk", flat=True))

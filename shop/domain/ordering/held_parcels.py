"""The office decides on one parcel that is held: let it go on, or call it off now instead of at its deadline."""

from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Line

from .deriving import derive_status
from .fulfilling import settle_dropped_parcel
from .locking import lock_order_of_parcel
from .messages import tell_parcel_moved, tell_parcel_released

P = Parcel.Status


class DecisionReasonMissing(Exception):
    """Whoever decides on a held parcel says why."""


@transaction.atomic
def release_held_parcel(*, parcel_id: int, reason: str, actor: Actor, now: datetime) -> bool:
    """Let a held parcel go on although what stopped it still holds; false when it went on before.

    The producer is not asked again, and no later run of the same stop holds it a second time.
    """
    _ask_reason(reason)
    order, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if parcel.status in {P.TO_CONFIRM, P.PACKING} and _was_held(parcel):
        return False
    if parcel.status != P.ON_HOLD:
        raise transitions.IllegalTransition(parcel, P.TO_CONFIRM)
    transitions.resume(parcel=parcel, actor=actor, now=now)
    derive_status(order=order)
    tell_parcel_released(parcel=parcel, hold_id=_last_hold(parcel), now=now)
    _record("parcel.released", parcel, reason, actor, now)
    return True


@transaction.atomic
def cancel_held_parcel(*, parcel_id: int, reason: str, actor: Actor, now: datetime) -> bool:
    """Call a held parcel off; its money goes back and its buyer is told. False when it was called off before."""
    _ask_reason(reason)
    order, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if parcel.status == P.CANCELLED:
        return False
    if parcel.status != P.ON_HOLD:
        raise transitions.IllegalTransition(parcel, P.CANCELLED)
    transitions.cancel(parcel=parcel, reason=reason, actor=actor, now=now)
    settle_dropped_parcel(order=order, payment=payment, parcel=parcel, reason=Refund.Reason.STOPPED, actor=actor, now=now)
    tell_parcel_moved(parcel=parcel, now=now)
    _record("parcel.cancelled", parcel, reason, actor, now)
    return True


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise DecisionReasonMissing


def _was_held(parcel: Parcel) -> bool:
    return parcel.events.filter(to_status=P.ON_HOLD).exists()


def _last_hold(parcel: Parcel) -> int:
    return parcel.events.filter(to_status=P.ON_HOLD).latest("pk").pk


def _record(action: str, parcel: Parcel, reason: str, actor: Actor, now: datetime) -> None:
    line = Line.objects.filter(parcel=parcel, certificate__isnull=False).select_related("certificate").first()
    certificate = line.certificate if line else None
    record(
        actor=actor,
        action=action,
        subject=Subject(
            object_type="parcel",
            object_id=parcel.pk,
            label=parcel.number,
            province_code=(certificate.province_id or "") if certificate else "",
            commune_code=(certificate.commune_id or "") if certificate else "",
            producer_id=parcel.producer_id,
        ),
        now=now,
        old={"status": str(P.ON_HOLD)},
        new={"status": parcel.status},
        reason=reason,
    )

"""Money that is promised back: once per cause, and never more than what was captured.

Every call locks order, then payment, then refund. What becomes of a promise is `refunding`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.ledger.reversing import lost_of
from shop.domain.notifications.bell import ring_bell
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import SECOND_PERSON_ABOVE_VND, Payment, Refund
from shop.domain.people.actor import SYSTEM, Actor
from shop.oscar_forks.order.models import Order

from . import booking
from .locking import lock_order_of_payment
from .messages import tell_refund

S = Refund.Status
NEVER_OURS = frozenset({Refund.Reason.LATE_MONEY, Refund.Reason.DOUBLE_PAYMENT})
SUBMIT_TASK = "shop.domain.ordering.tasks.submit_refunds"


class RefundTooLarge(Exception):
    """More than what was captured and is not promised back already; `possible_vnd` is what is left."""

    def __init__(self, possible_vnd: int) -> None:
        self.possible_vnd = possible_vnd
        super().__init__(possible_vnd)


@dataclass(frozen=True)
class Cause:
    """Why money goes back; `key` names the cause, so that asking twice gives one refund."""

    key: str
    reason: str
    parcel: Parcel | None = None
    is_borne_by_shop: bool = False


def write_refund(*, payment: Payment, amount_vnd: int, cause: Cause, actor: Actor, now: datetime) -> Refund:
    """Promise an amount of a locked payment back, or return what this cause promised before. Raises RefundTooLarge.

    Small amounts and money that was never ours go back by themselves; larger ones wait for an officer.
    """
    known = Refund.objects.filter(key=cause.key).first()
    if known is not None:
        return known
    if not 0 < amount_vnd <= payment.can_be_refunded_vnd:
        raise RefundTooLarge(payment.can_be_refunded_vnd)
    payment.promised_back_vnd += amount_vnd
    payment.save(update_fields=["promised_back_vnd"])
    waits = amount_vnd > SECOND_PERSON_ABOVE_VND and cause.reason not in NEVER_OURS
    refund = Refund.objects.create(
        payment=payment,
        order_id=payment.order_id,
        parcel=cause.parcel,
        key=cause.key,
        amount_vnd=amount_vnd,
        reason=cause.reason,
        is_borne_by_shop=cause.is_borne_by_shop,
        status=S.REQUESTED,
        requested_by_id=actor.user_id,
        requested_at=now,
    )
    record(actor=actor, action="refund.requested", now=now, **log_of(refund))
    if not waits:
        let_go(refund, actor=SYSTEM, now=now)
    return refund


def refund_parcel(*, payment: Payment, parcel: Parcel, reason: str, actor: Actor, now: datetime) -> Refund | None:
    """Give back what was paid for a dropped parcel and is not given back yet; None when nothing is left of it."""
    amount_vnd = left_to_refund(payment=payment, parcel=parcel)
    if amount_vnd <= 0:
        return None
    cause = Cause(f"parcel:{parcel.pk}:{reason}", reason, parcel)
    return write_refund(payment=payment, amount_vnd=amount_vnd, cause=cause, actor=actor, now=now)


def left_to_refund(*, payment: Payment, parcel: Parcel) -> int:
    """What may still go back for a parcel: not what was promised before, nor what the buyer's bank took and kept."""
    left_vnd = parcel.total_vnd - promised_for(payment=payment, parcel=parcel) - lost_of(parcel_id=parcel.pk)
    return min(left_vnd, payment.can_be_refunded_vnd)


def promised_for(*, payment: Payment, parcel: Parcel) -> int:
    """What a payment gives back for a parcel, there or on its way; not what was called off."""
    standing = Refund.objects.filter(payment=payment, parcel=parcel, called_off_at=None)
    return sum(standing.values_list("amount_vnd", flat=True))


def refund_rest(*, order: Order, payment: Payment, amount_vnd: int, reason: str, now: datetime) -> Refund:
    """Give back money that belongs to no parcel: it came late, twice, or was more than what was left to pay."""
    del order  # locked by the caller, together with its payment
    cause = Cause(f"payment:{payment.pk}:{reason}", reason)
    return write_refund(payment=payment, amount_vnd=amount_vnd, cause=cause, actor=SYSTEM, now=now)


def lock_refund(refund_id: int) -> tuple[Order, Payment, Refund]:
    """Lock a refund with everything above it."""
    payment_id = Refund.objects.values_list("payment_id", flat=True).get(pk=refund_id)
    order, payment = lock_order_of_payment(payment_id=payment_id)
    return order, payment, Refund.objects.select_for_update(of=("self",)).get(pk=refund_id)


def let_go(refund: Refund, *, actor: Actor, now: datetime) -> None:
    """Approve a refund: it is owed from here on, and a worker sends it."""
    refund.status = S.APPROVED
    refund.approved_by_id = actor.user_id
    refund.approved_at = refund.available_at = now
    refund.save(update_fields=["status", "approved_by", "approved_at", "available_at"])
    booking.book_refund(refund=refund, now=now)
    tell_refund(refund=refund, now=now)
    if actor.user_id is not None:
        record(actor=actor, action="refund.approved", now=now, **log_of(refund))
    transaction.on_commit(ring_for_refunds)


def ring_for_refunds() -> None:
    """Wake the worker that sends refunds."""
    ring_bell(SUBMIT_TASK)


def log_of(refund: Refund) -> dict[str, Any]:
    """What the log keeps of a refund, beside who did what and when."""
    subject = Subject("refund", refund.pk, label=refund.order.number)
    return {
        "subject": subject,
        "new": {"amount_vnd": refund.amount_vnd, "status": str(refund.status), "reason": str(refund.reason)},
    }

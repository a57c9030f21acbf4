"""Money on its way back: asked for, approved, submitted, there. Σ promised back never exceeds what was captured.

Every call locks order, then payment, then refund. The provider is asked between two transactions, never inside one.
"""

from datetime import datetime, timedelta

from django.db import transaction

from shop.domain.audit_log.recording import record
from shop.domain.ledger.reversing import reversed_of
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert, Payment, Refund
from shop.domain.payments.models.refund import TO_SUBMIT
from shop.domain.payments.provider import ProviderUnreachable, RefundFact
from shop.domain.payments.ranks import status_after_refunds
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Order

from . import booking
from .calling_off import answer_for_taken, tell_of_sent_after_all
from .deriving import derive_status
from .messages import tell_refund
from .refund_promises import RefundTooLarge, let_go, lock_refund, log_of, ring_for_refunds
from .refund_states import RefundNotOpen

__all__ = ["RefundNotOpen"]  # raised here, declared where calling off finds it too

S = Refund.Status
ASK_AGAIN_AFTER = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class OwnRefund(Exception):
    """Nobody approves what they asked for themselves."""


@transaction.atomic
def approve_refund(*, refund_id: int, actor: Actor, now: datetime) -> Refund:
    """Let a waiting refund go, as somebody else than who asked for it. Raises OwnRefund, RefundNotOpen.

    RefundTooLarge when the buyer's bank took the parcel's money in the meantime: it does not go back twice.
    """
    _, _, refund = lock_refund(refund_id)
    if refund.requested_by_id is not None and refund.requested_by_id == actor.user_id:
        raise OwnRefund(refund_id)
    if refund.status != S.REQUESTED:
        raise RefundNotOpen(refund_id)
    if refund.parcel is not None:
        left_vnd = refund.parcel.total_vnd - reversed_of(parcel_id=refund.parcel.pk)
        if refund.amount_vnd > left_vnd:
            raise RefundTooLarge(left_vnd)
    let_go(refund, actor=actor, now=now)
    return refund


@transaction.atomic
def apply_refund_fact(*, refund_id: int, fact: RefundFact, now: datetime) -> Refund:
    """Let a refund be what its provider says it is; saying it again changes nothing."""
    order, payment, refund = lock_refund(refund_id)
    if refund.is_called_off:
        tell_of_sent_after_all(refund=refund, fact=fact, now=now)
        return refund
    refund.provider_ref = fact.provider_ref or refund.provider_ref
    refund.error = fact.error[:64]
    if fact.status == S.SUCCEEDED and refund.status != S.SUCCEEDED:
        _succeed(order, payment, refund, now)
    elif fact.status in {S.FAILED, S.MANUAL} and refund.status not in {S.MANUAL, S.FAILED}:
        _need_a_hand(payment, refund, fact, now)
    refund.save()
    if refund.status in {S.FAILED, S.MANUAL}:
        # While it was on its way the buyer's bank may have taken the same money.
        answer_for_taken(payment=payment, now=now)
        refund.refresh_from_db()
    derive_status(order=order)
    return refund


@transaction.atomic
def settle_by_hand(*, refund_id: int, bank_reference: str, actor: Actor, now: datetime) -> Refund:
    """Somebody sent the money from the bank: keep the bank's reference. Raises RefundNotOpen."""
    order, payment, refund = lock_refund(refund_id)
    if refund.is_called_off or refund.status not in {S.MANUAL, S.FAILED} or not bank_reference.strip():
        raise RefundNotOpen(refund_id)
    refund.provider_ref = bank_reference.strip()[:128]
    refund.error = ""
    _succeed(order, payment, refund, now, is_by_hand=True)
    refund.save()
    MoneyAlert.objects.filter(refund=refund, closed_at__isnull=True).update(
        closed_at=now, closed_by_id=actor.user_id, outcome="sent"
    )
    record(actor=actor, action="refund.sent_by_hand", now=now, **log_of(refund))
    derive_status(order=order)
    return refund


@transaction.atomic
def resubmit_refund(*, refund_id: int, actor: Actor, now: datetime) -> Refund:
    """Ask the provider once more for what it refused. Raises RefundNotOpen."""
    _, _, refund = lock_refund(refund_id)
    if refund.is_called_off or refund.status != S.FAILED:
        raise RefundNotOpen(refund_id)
    refund.status, refund.available_at = S.RESUBMITTED, now
    refund.save(update_fields=["status", "available_at"])
    MoneyAlert.objects.filter(refund=refund, closed_at__isnull=True).update(
        closed_at=now, closed_by_id=actor.user_id, outcome="resubmitted"
    )
    record(actor=actor, action="refund.resubmitted", now=now, **log_of(refund))
    transaction.on_commit(ring_for_refunds)
    return refund


def submit_due_refunds(*, now: datetime, at_most: int = 50) -> int:
    """Ask providers for what is approved, and again for what was asked and not answered; returns how many were asked."""
    asked = 0
    while asked < at_most:
        refund_id = _claim_next(now)
        if refund_id is None:
            break
        asked += 1
        refund = Refund.objects.select_related("payment").get(pk=refund_id)
        try:
            fact = PROVIDERS[refund.payment.method].refund(refund_id=refund_id)
        except ProviderUnreachable:
            continue  # claimed until `available_at`; the next sweep asks again with the same key
        apply_refund_fact(refund_id=refund_id, fact=fact, now=now)
    return asked


@transaction.atomic
def _claim_next(now: datetime) -> int | None:
    due = Refund.objects.select_for_update(skip_locked=True).filter(status__in=TO_SUBMIT, available_at__lte=now)
    refund = due.order_by("available_at", "pk").first()
    if refund is None:
        return None
    pause = min(ASK_AGAIN_AFTER * 2 ** min(refund.attempts, 10), LONGEST_PAUSE)
    refund.status = S.SUBMITTED
    refund.submitted_at = refund.submitted_at or now
    refund.attempts += 1
    refund.available_at = now + pause
    refund.save(update_fields=["status", "submitted_at", "attempts", "available_at"])
    return refund.pk


def _succeed(order: Order, payment: Payment, refund: Refund, now: datetime, *, is_by_hand: bool = False) -> None:
    del order  # locked
    refund.status, refund.settled_at = S.SUCCEEDED, now
    payment.refunded_vnd += refund.amount_vnd
    payment.status = status_after_refunds(payment=payment)
    payment.save(update_fields=["refunded_vnd", "status"])
    booking.book_refund_paid(refund=refund, payment=payment, is_by_hand=is_by_hand, now=now)
    # Told of when it is there, so that nobody looks for it too early.
    tell_refund(refund=refund, now=now)


def _need_a_hand(payment: Payment, refund: Refund, fact: RefundFact, now: datetime) -> None:
    if refund.status == S.SUCCEEDED:  # a bank sent back what the provider had reported as done
        payment.refunded_vnd -= refund.amount_vnd
        payment.status = status_after_refunds(payment=payment)
        payment.save(update_fields=["refunded_vnd", "status"])
        booking.take_back_refund_paid(refund=refund, now=now)
    refund.status, refund.settled_at = fact.status, None
    kind = MoneyAlert.Kind.REFUND_FAILED if fact.status == S.FAILED else MoneyAlert.Kind.REFUND_BY_HAND
    raise_alert(
        # Refused again after it was asked for again, it is work again.
        key=f"refund:{refund.pk}:{kind}:{refund.attempts}",
        kind=kind,
        refund=refund,
        amount_vnd=refund.amount_vnd,
        now=now,
        error=fact.error,
    )

"""Money on its way back: asked for, approved, submitted, there. Σ promised back never exceeds what was captured.

Every call locks order, then payment, then refund. The provider is asked between two transactions, never inside one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.ledger.reversing import lost_of, reversed_of
from shop.domain.notifications.bell import ring_bell
from shop.domain.parcels.models import Parcel
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import SECOND_PERSON_ABOVE_VND, MoneyAlert, Payment, Refund
from shop.domain.payments.models.refund import TO_SUBMIT
from shop.domain.payments.provider import ProviderUnreachable, RefundFact
from shop.domain.payments.ranks import status_after_refunds
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.actor import SYSTEM, Actor
from shop.oscar_forks.order.models import Order

from . import booking
from .deriving import derive_status
from .locking import lock_order_of_payment
from .messages import tell_refund

S = Refund.Status
NEVER_OURS = frozenset({Refund.Reason.LATE_MONEY, Refund.Reason.DOUBLE_PAYMENT})
SUBMIT_TASK = "shop.domain.ordering.tasks.submit_refunds"
ASK_AGAIN_AFTER = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


class RefundTooLarge(Exception):
    """More than what was captured and is not promised back already; `possible_vnd` is what is left."""

    def __init__(self, possible_vnd: int) -> None:
        self.possible_vnd = possible_vnd
        super().__init__(possible_vnd)


class OwnRefund(Exception):
    """Nobody approves what they asked for themselves."""


class RefundNotOpen(Exception):
    """The refund is not waiting for this act (any more)."""


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
    _record("refund.requested", refund, actor, now)
    if not waits:
        _approve(refund, actor=SYSTEM, now=now)
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
    given = sum(Refund.objects.filter(payment=payment, parcel=parcel).values_list("amount_vnd", flat=True))
    return min(parcel.total_vnd - given - lost_of(parcel_id=parcel.pk), payment.can_be_refunded_vnd)


def refund_rest(*, order: Order, payment: Payment, amount_vnd: int, reason: str, now: datetime) -> Refund:
    """Give back money that belongs to no parcel: it came late, twice, or was more than what was left to pay."""
    del order  # locked by the caller, together with its payment
    cause = Cause(f"payment:{payment.pk}:{reason}", reason)
    return write_refund(payment=payment, amount_vnd=amount_vnd, cause=cause, actor=SYSTEM, now=now)


@transaction.atomic
def approve_refund(*, refund_id: int, actor: Actor, now: datetime) -> Refund:
    """Let a waiting refund go, as somebody else than who asked for it. Raises OwnRefund, RefundNotOpen.

    RefundTooLarge when the buyer's bank took the parcel's money in the meantime: it does not go back twice.
    """
    _, _, refund = _lock_refund(refund_id)
    if refund.requested_by_id is not None and refund.requested_by_id == actor.user_id:
        raise OwnRefund(refund_id)
    if refund.status != S.REQUESTED:
        raise RefundNotOpen(refund_id)
    if refund.parcel is not None:
        left_vnd = refund.parcel.total_vnd - reversed_of(parcel_id=refund.parcel.pk)
        if refund.amount_vnd > left_vnd:
            raise RefundTooLarge(left_vnd)
    _approve(refund, actor=actor, now=now)
    return refund


@transaction.atomic
def apply_refund_fact(*, refund_id: int, fact: RefundFact, now: datetime) -> Refund:
    """Let a refund be what its provider says it is; saying it again changes nothing."""
    order, payment, refund = _lock_refund(refund_id)
    refund.provider_ref = fact.provider_ref or refund.provider_ref
    refund.error = fact.error[:64]
    if fact.status == S.SUCCEEDED and refund.status != S.SUCCEEDED:
        _succeed(order, payment, refund, now)
    elif fact.status in {S.FAILED, S.MANUAL} and refund.status not in {S.MANUAL, S.FAILED}:
        _need_a_hand(payment, refund, fact, now)
    refund.save()
    derive_status(order=order)
    return refund


@transaction.atomic
def settle_by_hand(*, refund_id: int, bank_reference: str, actor: Actor, now: datetime) -> Refund:
    """Somebody sent the money from the bank: keep the bank's reference. Raises RefundNotOpen."""
    order, payment, refund = _lock_refund(refund_id)
    if refund.status not in {S.MANUAL, S.FAILED} or not bank_reference.strip():
        raise RefundNotOpen(refund_id)
    refund.provider_ref = bank_reference.strip()[:128]
    refund.error = ""
    _succeed(order, payment, refund, now, is_by_hand=True)
    refund.save()
    MoneyAlert.objects.filter(refund=refund, closed_at__isnull=True).update(
        closed_at=now, closed_by_id=actor.user_id, outcome="sent"
    )
    _record("refund.sent_by_hand", refund, actor, now)
    derive_status(order=order)
    return refund


@transaction.atomic
def resubmit_refund(*, refund_id: int, actor: Actor, now: datetime) -> Refund:
    """Ask the provider once more for what it refused. Raises RefundNotOpen."""
    _, _, refund = _lock_refund(refund_id)
    if refund.status != S.FAILED:
        raise RefundNotOpen(refund_id)
    refund.status, refund.available_at = S.RESUBMITTED, now
    refund.save(update_fields=["status", "available_at"])
    MoneyAlert.objects.filter(refund=refund, closed_at__isnull=True).update(
        closed_at=now, closed_by_id=actor.user_id, outcome="resubmitted"
    )
    _record("refund.resubmitted", refund, actor, now)
    transaction.on_commit(_ring)
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


def _lock_refund(refund_id: int) -> tuple[Order, Payment, Refund]:
    payment_id = Refund.objects.values_list("payment_id", flat=True).get(pk=refund_id)
    order, payment = lock_order_of_payment(payment_id=payment_id)
    return order, payment, Refund.objects.select_for_update(of=("self",)).get(pk=refund_id)


def _approve(refund: Refund, *, actor: Actor, now: datetime) -> None:
    refund.status = S.APPROVED
    refund.approved_by_id = actor.user_id
    refund.approved_at = refund.available_at = now
    refund.save(update_fields=["status", "approved_by", "approved_at", "available_at"])
    booking.book_refund(refund=refund, now=now)
    tell_refund(refund=refund, now=now)
    if actor.user_id is not None:
        _record("refund.approved", refund, actor, now)
    transaction.on_commit(_ring)


def _ring() -> None:
    ring_bell(SUBMIT_TASK)


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


def _record(action: str, refund: Refund, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        action=action,
        subject=Subject("refund", refund.pk, label=refund.order.number),
        now=now,
        new={"amount_vnd": refund.amount_vnd, "status": str(refund.status), "reason": str(refund.reason)},
    )

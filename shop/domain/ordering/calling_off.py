"""Refunds that are not sent, because the buyer's bank took the same money and kept it: nothing goes back twice.

What the bank did not take of such a refund is promised anew. What is out already cannot be called off: a person asks
for it back, and the office's work list says so.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from shop.domain.audit_log.recording import record
from shop.domain.ledger.postings import shop_loss_of, standing_of
from shop.domain.ledger.reversing import lost_of
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert, Payment, Refund
from shop.domain.payments.provider import RefundFact
from shop.domain.people.actor import SYSTEM, Actor

from . import booking
from .deriving import derive_status
from .messages import tell_refund_called_off
from .refund_promises import Cause, left_to_refund, lock_refund, log_of, promised_for, write_refund
from .refund_states import RefundNotOpen, is_still_here

S, K = Refund.Status, MoneyAlert.Kind
BY_ITSELF = "dispute_lost"


class NothingTaken(Exception):
    """No bank took and kept money that could stand for this refund."""


@transaction.atomic
def call_off_refund(*, refund_id: int, reason: str, actor: Actor, now: datetime) -> Refund:
    """An officer judges that the bank took what this refund would give. Raises RefundNotOpen, NothingTaken."""
    order, payment, refund = lock_refund(refund_id)
    if not is_still_here(refund=refund):
        raise RefundNotOpen(refund_id)
    refund.taken_vnd = max(0, takeable_vnd(payment=payment, refund=refund))
    if not refund.taken_vnd:
        raise NothingTaken(refund_id)
    _call_off(payment, refund, reason, actor, now)
    derive_status(order=order)
    return refund


def takeable_vnd(*, payment: Payment, refund: Refund) -> int:
    """How much of a refund may be called off: what the bank kept of its payment and no other refund was called off for."""
    answered = payment.refunds.aggregate(sum=Sum("taken_vnd", default=0))["sum"]
    kept_vnd = standing_of(payment_id=payment.pk).lost_vnd - answered
    if not booking.is_of_a_parcel(refund=refund):
        # No parcel bore it: only what the shop bore is this money.
        kept_vnd = min(kept_vnd, shop_loss_of(payment_id=payment.pk))
    return min(kept_vnd, refund.amount_vnd)


def answer_for_taken(*, payment: Payment, now: datetime) -> None:
    """Call off what of a locked payment's refunds would go back a second time, the newest first."""
    if not payment.disputed_vnd:
        return
    refunds = lock_refunds_of(payment=payment)
    for refund in refunds:
        if is_still_here(refund=refund):
            refund.taken_vnd = max(0, min(_twice_vnd(payment, refund), refund.amount_vnd))
            if refund.taken_vnd:
                _call_off(payment, refund, BY_ITSELF, SYSTEM, now)
    for refund in refunds:
        twice_vnd = min(_beyond_vnd(payment), refund.amount_vnd)
        if twice_vnd > 0 and refund.status in {S.SUBMITTED, S.SUCCEEDED}:
            key = f"refund:{refund.pk}:{K.GIVEN_TWICE}"
            raise_alert(key=key, kind=K.GIVEN_TWICE, refund=refund, amount_vnd=twice_vnd, now=now)


def lock_refunds_of(*, payment: Payment) -> list[Refund]:
    """A payment's refunds that stand, the newest first; a worker that claims one is waited for."""
    standing = Refund.objects.select_for_update(of=("self",)).filter(payment=payment, called_off_at=None)
    return list(standing.order_by("-pk"))


def tell_of_sent_after_all(*, refund: Refund, fact: RefundFact, now: datetime) -> None:
    """A provider says that a refund went through which was called off: the books must be told by a person."""
    if fact.status == S.SUCCEEDED:
        key = f"refund:{refund.pk}:sent_after_all"
        raise_alert(key=key, kind=K.GIVEN_TWICE, refund=refund, amount_vnd=refund.amount_vnd, now=now, object=fact.provider_ref)


def _twice_vnd(payment: Payment, refund: Refund) -> int:
    """How much more than was paid would be back with the buyer: of the whole payment, or of this refund's parcel."""
    if not booking.is_of_a_parcel(refund=refund):
        return min(_beyond_vnd(payment), shop_loss_of(payment_id=payment.pk))
    parcel = refund.parcel
    given_vnd = promised_for(payment=payment, parcel=parcel) + lost_of(parcel_id=parcel.pk)
    return max(_beyond_vnd(payment), given_vnd - parcel.total_vnd)


def _beyond_vnd(payment: Payment) -> int:
    return payment.promised_back_vnd + standing_of(payment_id=payment.pk).lost_vnd - payment.captured_vnd


def _call_off(payment: Payment, refund: Refund, reason: str, actor: Actor, now: datetime) -> None:
    payment.promised_back_vnd -= refund.amount_vnd
    payment.save(update_fields=["promised_back_vnd"])
    if refund.approved_at is not None or not booking.is_of_a_parcel(refund=refund):
        booking.book_called_off(refund=refund, now=now)
    refund.status, refund.called_off_at, refund.available_at = S.FAILED, now, None
    refund.save(update_fields=["status", "called_off_at", "taken_vnd", "available_at"])
    open_rows = MoneyAlert.objects.filter(refund=refund, closed_at__isnull=True)
    open_rows.update(closed_at=now, closed_by_id=actor.user_id, outcome="called_off")
    record(actor=actor, action="refund.called_off", now=now, reason=reason, **log_of(refund))
    if refund.approved_at is not None:
        tell_refund_called_off(refund=refund, now=now)
    _promise_rest(payment, refund, now)


def _promise_rest(payment: Payment, refund: Refund, now: datetime) -> None:
    """What no bank took is still the buyer's, asked for by whoever asked before."""
    rest_vnd = refund.amount_vnd - refund.taken_vnd
    if refund.parcel is not None and booking.is_of_a_parcel(refund=refund):
        rest_vnd = min(rest_vnd, left_to_refund(payment=payment, parcel=refund.parcel))
    if rest_vnd > 0:
        cause = Cause(f"rest:{refund.pk}", refund.reason, refund.parcel, is_borne_by_shop=refund.is_borne_by_shop)
        asked_by = Actor(user_id=refund.requested_by_id) if refund.requested_by_id else SYSTEM
        write_refund(payment=payment, amount_vnd=rest_vnd, cause=cause, actor=asked_by, now=now)

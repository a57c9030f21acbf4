"""A buyer asked the bank for the money back: Stripe takes it at once and gives it back only when the shop wins."""

from datetime import datetime

from django.db import transaction

from shop.domain.ledger import postings
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert, Payment
from shop.domain.payments.models.payment import CAPTURED_STATUSES
from shop.domain.payments.provider import DisputeFact

from .calling_off import answer_for_taken
from .locking import lock_order_of_payment
from .unknown_news import NotKnownYet

S = Payment.Status


@transaction.atomic
def apply_dispute(*, payment_id: int, dispute: DisputeFact, now: datetime) -> Payment:
    """Let a payment's dispute be what the bank says it is; the books are told of each step once.

    Payouts of its parcels wait while it is open. Raises NotKnownYet when the money it disputes is not ours yet.
    """
    order, payment = lock_order_of_payment(payment_id=payment_id)
    if payment.status not in CAPTURED_STATUSES:
        raise NotKnownYet(dispute.dispute_id)
    kind = MoneyAlert.Kind.DISPUTE
    raise_alert(
        key=f"dispute:{dispute.dispute_id}",
        kind=kind,
        payment=payment,
        amount_vnd=dispute.amount_vnd,
        now=now,
        reason=dispute.reason,
        object=dispute.dispute_id,
    )
    if dispute.status is None or dispute.currency != "vnd":
        return payment  # the bank only asks, or the money is not of this currency: a person answers
    opened = {"order_id": order.pk, "payment_id": payment.pk, "amount_vnd": dispute.amount_vnd}
    postings.open_dispute(dispute_id=dispute.dispute_id, **opened, now=now)
    if not postings.is_decided(dispute_id=dispute.dispute_id):
        _decide(dispute, now)
    _follow(payment)
    # Nothing that is decided now goes back a second time.
    answer_for_taken(payment=payment, now=now)
    return payment


def _decide(dispute: DisputeFact, now: datetime) -> None:
    """The first end that is heard of stays: an old report that comes late opens nothing again."""
    if dispute.status == S.DISPUTE_WON:
        postings.win_dispute(dispute_id=dispute.dispute_id, now=now)
    elif dispute.status == S.DISPUTE_LOST:
        postings.lose_dispute(dispute_id=dispute.dispute_id, now=now)


def _follow(payment: Payment) -> None:
    """A payment is what all of its disputes leave of it; one that is open outweighs those that are over."""
    stands = postings.standing_of(payment_id=payment.pk)
    payment.disputed_vnd = stands.open_vnd + stands.lost_vnd
    if stands.open_vnd:
        payment.status = S.DISPUTED
    else:
        payment.status = S.DISPUTE_LOST if stands.lost_vnd else S.DISPUTE_WON
    payment.save(update_fields=["status", "disputed_vnd"])

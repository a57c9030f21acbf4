"""What the books are told when money moves. Called inside the transaction of what moved, keyed by it: twice is once."""

from collections.abc import Sequence
from datetime import datetime

from shop.domain.ledger import accounts, postings
from shop.domain.ledger.reversing import is_divided
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.registry import PROVIDERS

# Where a card's refunds leave from; all others are sent from the bank.
GATEWAY = accounts.GATEWAY_CLEARING


def book_capture(*, payment: Payment, parcels: Sequence[Parcel], now: datetime) -> None:
    """Money of an attempt came: each live parcel gets its split, what belongs to none is owed to the buyer."""
    postings.capture(
        payment_id=payment.pk,
        order_id=payment.order_id,
        account=PROVIDERS[payment.method].clearing_account,
        amount_vnd=payment.captured_vnd,
        parcel_ids=[parcel.pk for parcel in parcels],
        now=now,
    )


def book_cash(*, payment: Payment, parcel: Parcel, is_with_producer: bool, now: datetime) -> None:
    """Cash of one parcel was collected by its carrier, or by the producer itself."""
    holder = postings.CashHolder.PRODUCER if is_with_producer else postings.CashHolder.CARRIER
    postings.deliver_cash(parcel_id=parcel.pk, payment_id=payment.pk, holder=holder, now=now)


def book_refund(*, refund: Refund, now: datetime) -> None:
    """A refund was approved: the parcel's split is turned back in proportion, and the buyer is owed the amount.

    Where the office decided that the shop pays, the producer has its part of it back at once.
    """
    postings.refund(
        refund_id=refund.pk,
        parcel_id=refund.parcel_id,
        amount_vnd=refund.amount_vnd,
        payment_id=refund.payment_id,
        now=now,
    )
    if refund.is_borne_by_shop:
        postings.bear_refund(refund_id=refund.pk, now=now)


def is_of_a_parcel(*, refund: Refund) -> bool:
    """Whether the sides of a parcel give it; else the books have owed it to the buyer since it came."""
    return refund.parcel_id is not None and is_divided(parcel_id=refund.parcel_id)


def book_called_off(*, refund: Refund, now: datetime) -> None:
    """A refund that was owed is not sent, for the buyer's bank kept `taken_vnd` of it.

    The sides have back what it took from them, and bear what the shop had to bear of the lost dispute in their place.
    """
    words = {"refund_id": refund.pk, "payment_id": refund.payment_id, "order_id": refund.order_id, "now": now}
    if not is_of_a_parcel(refund=refund):
        postings.keep_due(amount_vnd=refund.taken_vnd, **words)
        return
    postings.unbear_refund(refund_id=refund.pk, now=now)
    postings.withdraw_refund(refund_id=refund.pk, now=now)
    postings.hand_loss_to_parcels(most_vnd=refund.taken_vnd, **words)


def book_refund_paid(*, refund: Refund, payment: Payment, is_by_hand: bool, now: datetime) -> None:
    """What was owed to the buyer left the account it came to, or the bank."""
    postings.pay_refund(
        refund_id=refund.pk,
        order_id=refund.order_id,
        payment_id=payment.pk,
        account=_leaves_from(payment, is_by_hand=is_by_hand),
        amount_vnd=refund.amount_vnd,
        now=now,
    )


def take_back_refund_paid(*, refund: Refund, now: datetime) -> None:
    """What had left came back: the buyer is owed it again."""
    postings.take_back_refund(refund_id=refund.pk, now=now)


def _leaves_from(payment: Payment, *, is_by_hand: bool) -> str:
    is_gateway = PROVIDERS[payment.method].clearing_account == GATEWAY
    return GATEWAY if is_gateway and not is_by_hand else accounts.BANK

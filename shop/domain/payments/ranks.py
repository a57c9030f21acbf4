"""Which news of an attempt counts: states only rise, so the order in which events arrive does not matter."""

from collections.abc import Mapping

from .models import Payment

S = Payment.Status
RANK: Mapping[str, int] = {
    S.CREATED: 0,
    S.REQUIRES_ACTION: 1,
    S.PROCESSING: 2,
    S.FAILED: 3,
    S.CANCELLED: 3,
    S.SUCCEEDED: 4,
    S.PARTLY_REFUNDED: 5,
    S.REFUNDED: 5,
    S.DISPUTED: 6,
    S.DISPUTE_WON: 7,
    S.DISPUTE_LOST: 7,
}


def is_news(*, present: str, told: str) -> bool:
    """Say whether what a provider tells is further on than what is known; the money that came beats a failure before it."""
    return RANK[told] > RANK[present]


def status_after_refunds(*, payment: Payment) -> str:
    """Return the state of a captured payment from what of it was given back; a dispute stays a dispute."""
    if payment.status in {S.DISPUTED, S.DISPUTE_WON, S.DISPUTE_LOST} or not payment.captured_vnd:
        return payment.status
    if payment.refunded_vnd >= payment.captured_vnd and not payment.is_open:
        return S.REFUNDED
    if payment.is_open:
        return payment.status
    return S.PARTLY_REFUNDED if payment.refunded_vnd else S.SUCCEEDED

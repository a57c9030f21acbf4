"""Cash parcel by parcel: asked for what comes, taken for what was delivered. Callers hold the payment's lock."""

from .models import Payment


def drop_from_cash(*, payment: Payment, amount_vnd: int) -> None:
    """A parcel will not come: so much less is asked for at the door."""
    payment.amount_vnd -= amount_vnd
    _settle(payment, is_done=payment.captured_vnd == payment.amount_vnd)


def note_cash(*, payment: Payment, amount_vnd: int, is_last: bool) -> None:
    """A parcel was delivered and paid; `is_last` when nothing of the order is on its way any more."""
    payment.captured_vnd += amount_vnd
    _settle(payment, is_done=is_last)


def _settle(payment: Payment, *, is_done: bool) -> None:
    if payment.amount_vnd == 0:
        payment.status = Payment.Status.CANCELLED
    elif is_done and payment.is_open:
        payment.status = Payment.Status.SUCCEEDED
    payment.save(update_fields=["amount_vnd", "captured_vnd", "status"])

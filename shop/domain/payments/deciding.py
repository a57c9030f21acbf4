"""Which of an order's attempts to pay speaks for its money."""

from collections.abc import Sequence

from .models import Payment


def deciding_payment(*, attempts: Sequence[Payment]) -> Payment | None:
    """Return the attempt whose money the shop has, else the last one; `attempts` in the order in which they were made."""
    kept = [payment for payment in attempts if payment.captured_vnd > payment.promised_back_vnd]
    taken = [payment for payment in attempts if payment.captured_vnd]
    return next(iter(kept or taken[::-1] or attempts[::-1]), None)

"""What the shop asks of a way to pay. A new one is one file in `providers/` and one line in `registry.py`."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from .models import Payment


class PaymentRefusal(StrEnum):
    """Why a way to pay is not offered for an order; the page says it in words."""

    OVER_LIMIT = "over_limit"


class PaymentRefused(Exception):
    """The chosen way to pay does not take this order; `refusal` says why."""

    def __init__(self, refusal: PaymentRefusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)


class PaymentProvider(Protocol):
    """Called inside the transaction of what happened; none of these talks to the network.

    Providers that must talk to somebody do so after the commit, from the payment's row.
    """

    method: str
    # Parcels wait as `pending` until the money is there; otherwise producers are asked at once.
    is_paid_before_packing: bool

    def refuse_order(self, *, total_vnd: int, buyer_phone: str) -> PaymentRefusal | None:
        """Say why this order cannot be paid this way, or None."""

    def open_payment(self, *, order_id: int, amount_vnd: int, now: datetime) -> Payment:
        """Write the attempt of a new order."""

    def drop_amount(self, *, payment: Payment, amount_vnd: int) -> None:
        """A parcel was declined or cancelled: so much less is to be paid (or more to be refunded)."""

    def note_delivery(self, *, payment: Payment, amount_vnd: int, is_last: bool) -> None:
        """A parcel was delivered; `is_last` when nothing of the order is on its way any more."""

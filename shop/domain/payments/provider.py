"""What the shop asks of a way to pay. A new one is one file in `providers/` and one line in `registry.py`.

Nothing here is called inside a transaction but `refuse_order` and `hold_until`, which talk to nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class PaymentRefusal(StrEnum):
    """Why a way to pay does not take an order; the page says it in words. What is not configured is not offered at all."""

    NOT_CONFIGURED = "not_configured"
    OVER_LIMIT = "over_limit"
    UNDER_LIMIT = "under_limit"
    ALCOHOL = "alcohol"
    PHONE_UNCONFIRMED = "phone_unconfirmed"


class PaymentRefused(Exception):
    """The chosen way to pay does not take this order; `refusal` says why."""

    def __init__(self, refusal: PaymentRefusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)


class ProviderUnreachable(Exception):
    """No answer came, or none that can be understood: nothing is known, ask again later."""


class AttemptIsOver(Exception):
    """This attempt will never be opened at its provider; another one may be."""


@dataclass(frozen=True)
class OrderFacts:
    """What a way to pay may decide by."""

    total_vnd: int
    buyer_phone: str = ""
    has_alcohol: bool = False
    is_first_order: bool = False
    phone_is_confirmed: bool = False


@dataclass(frozen=True)
class PaymentFact:
    """What is true of an attempt at its provider now; amounts in the currency's smallest unit, for VND whole đồng."""

    status: str
    amount: int = 0
    captured: int = 0
    currency: str = "vnd"
    provider_ref: str = ""
    intent_ref: str = ""
    error: str = ""


@dataclass(frozen=True)
class RefundFact:
    """What is true of a refund at its provider: submitted, succeeded, failed, or manual (nobody there can do it)."""

    status: str
    provider_ref: str = ""
    error: str = ""


@dataclass(frozen=True)
class DisputeFact:
    """What a bank says of a dispute: disputed, dispute_won, dispute_lost; None while it only asks and took nothing."""

    dispute_id: str
    amount_vnd: int
    currency: str
    status: str | None
    reason: str = ""


class PaymentProvider(Protocol):
    """Five methods. The three that may talk to the network can be called any number of times with the same effect."""

    method: str
    # Parcels wait as `pending` until the money is there; otherwise producers are asked at once.
    is_paid_before_packing: bool
    # Where the ledger finds the money that came this way.
    clearing_account: str

    def refuse_order(self, *, order: OrderFacts) -> PaymentRefusal | None:
        """Say why this order cannot be paid this way, or None."""

    def hold_until(self, *, now: datetime) -> datetime | None:
        """Say until when the stock of a new order waits for its money; None when it does not wait."""

    def begin(self, *, payment_id: int, now: datetime) -> None:
        """Open the attempt at the provider and keep its name and page.

        Raises ProviderUnreachable, PaymentRefused (of an amount), AttemptIsOver.
        """

    def settle(self, *, payment_id: int, close: bool) -> PaymentFact | None:
        """Read the attempt, ending it first when `close`; None when nobody knows more than the shop itself.

        Raises ProviderUnreachable.
        """

    def refund(self, *, refund_id: int) -> RefundFact:
        """Give money back, idempotent by the refund's row. Raises ProviderUnreachable."""

"""What the ledger is told when money moves. Called inside the transaction of what moved, keyed by it: twice is once."""

from collections.abc import Sequence
from datetime import datetime

from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.oscar_forks.order.models import Order


def book_capture(*, order: Order, payment: Payment, parcels: Sequence[Parcel], now: datetime) -> None:
    """Money of an attempt came: each live parcel gets its split, what belongs to none is owed to the buyer."""


def book_cash(*, order: Order, payment: Payment, parcel: Parcel, is_with_producer: bool, now: datetime) -> None:
    """Cash of one parcel was collected by its carrier, or by the producer itself."""


def book_refund(*, refund: Refund, now: datetime) -> None:
    """A refund was approved: the parcel's split is turned back in proportion, and the buyer is owed the amount."""


def book_refund_paid(*, refund: Refund, payment: Payment, is_by_hand: bool, now: datetime) -> None:
    """What was owed to the buyer left the account it came to, or the bank."""


def take_back_refund_paid(*, refund: Refund, payment: Payment, now: datetime) -> None:
    """What had left came back: the buyer is owed it again."""

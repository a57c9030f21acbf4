"""Giving money of a parcel back: each side gives back its share, so that many small refunds end where one large one does."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from shop.common.money import whole_vnd
from shop.domain.parcels.models import Parcel

from . import accounts
from .models import Entry, ParcelSplit, Transaction
from .posting import Posting, find_posted

K = Transaction.Kind
# What was reversed stands where the money went: due to the buyer, or kept by the bank of a lost dispute.
LOST = Q(account=accounts.DISPUTED, transaction__kind=K.DISPUTE_LOST)
REVERSED = Q(account=accounts.REFUND_DUE, transaction__kind__in=[K.REFUND, K.REFUND_WITHDRAWN]) | LOST


class MoreThanPaid(ValueError):
    """More is asked back for a parcel than was paid for it."""


@dataclass(frozen=True)
class Sides:
    """What each side gave back so far, in whole đồng; the platform's discount comes back to the shop."""

    producer_vnd: int
    commission_vnd: int
    tax_vnd: int
    discount_vnd: int


def reversed_of(*, parcel_id: int) -> int:
    """How much of what was paid for a parcel was reversed so far."""
    found = Entry.objects.filter(REVERSED, parcel=parcel_id)
    return -found.aggregate(sum=Sum("amount_vnd", default=0))["sum"]


def lost_of(*, parcel_id: int) -> int:
    """How much of what was paid for a parcel the buyer's bank took and kept."""
    return -Entry.objects.filter(LOST, parcel=parcel_id).aggregate(sum=Sum("amount_vnd", default=0))["sum"]


def is_divided(*, parcel_id: int) -> bool:
    """Whether the books hold money for this parcel: it was paid, or its cash was taken."""
    return Entry.objects.filter(parcel=parcel_id, transaction__kind=K.CAPTURE).exists()


def reverse_of(*, split: ParcelSplit, parcel: Parcel, amount_vnd: int, before_vnd: int) -> list[Posting]:
    """The sides that give `amount_vnd` back after `before_vnd` went back already; they sum to it. Raises MoreThanPaid.

    Reckoned from the beginning each time and not from step to step: rounding never adds up.
    """
    if amount_vnd < 0 or not 0 <= before_vnd + amount_vnd <= split.total_vnd:
        raise MoreThanPaid(parcel.number)
    earlier, later = sides_at(split, before_vnd), sides_at(split, before_vnd + amount_vnd)
    return [
        Posting(producers_account(parcel), later.producer_vnd - earlier.producer_vnd, parcel.pk),
        Posting(accounts.COMMISSION, later.commission_vnd - earlier.commission_vnd, parcel.pk),
        Posting(accounts.TAX_WITHHELD, later.tax_vnd - earlier.tax_vnd, parcel.pk),
        Posting(accounts.DISCOUNT_PLATFORM, earlier.discount_vnd - later.discount_vnd, parcel.pk),
    ]


def forward_of(*, split: ParcelSplit, parcel: Parcel, amount_vnd: int, before_vnd: int) -> list[Posting]:
    """The sides that have `amount_vnd` again of `before_vnd` that went back; reckoned from the beginning as well."""
    sides = reverse_of(split=split, parcel=parcel, amount_vnd=amount_vnd, before_vnd=before_vnd - amount_vnd)
    return [Posting(side.account, -side.amount_vnd, side.parcel_id) for side in sides]


def producers_account(parcel: Parcel) -> str:
    """Where the producer's part of a parcel lies: held, or owed once the parcel is cleared."""
    cleared = find_posted(key=f"clear:{parcel.pk}") is not None
    return (accounts.producer_payable if cleared else accounts.producer_held)(parcel.producer_id)


def account_now(entry: Entry) -> str:
    """Where to undo an entry: in its own account, but for what was held and has been cleared since."""
    if entry.parcel is None or entry.account_id != accounts.producer_held(entry.parcel.producer_id):
        return entry.account_id
    return producers_account(entry.parcel)


def sides_at(split: ParcelSplit, back_vnd: int) -> Sides:
    """What each side has given back when the buyer has `back_vnd` back: rounded once each, the producer gives the rest."""
    commission = _part(split.commission_vnd, back_vnd, split.total_vnd)
    tax = _part(split.tax_vnd, back_vnd, split.total_vnd)
    discount = _part(split.platform_discount_vnd, back_vnd, split.total_vnd)
    return Sides(back_vnd + discount - commission - tax, commission, tax, discount)


def _part(whole: int, back_vnd: int, total_vnd: int) -> int:
    return int(whole_vnd(Decimal(whole) * back_vnd / total_vnd)) if total_vnd else 0

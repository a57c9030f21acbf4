"""Writing into the books, and reading what an account holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from .accounts import ensure_accounts, producer_payable
from .models import Account, Entry, Transaction


@dataclass(frozen=True)
class Posting:
    """One side: debit is positive, credit negative, in whole đồng."""

    account: str
    amount_vnd: int
    parcel_id: int | None = None


class Unbalanced(ValueError):
    """The sides of a transaction do not sum to zero."""


class NothingToPost(ValueError):
    """A transaction in which nothing moves is none."""


@transaction.atomic
def post(
    *,
    key: str,
    kind: Transaction.Kind,
    entries: Sequence[Posting],
    now: datetime,
    order_id: int | None = None,
    payment_id: int | None = None,
    refund_id: int | None = None,
) -> Transaction:
    """Write a transaction once: told again under the same key, it is the one that is there, whatever it is told.

    Sides of nothing are left out. Raises Unbalanced or NothingToPost; the database checks the sum again at commit.
    """
    written = find_posted(key=key)
    if written is not None:
        return written
    moving = [entry for entry in entries if entry.amount_vnd]
    if not moving:
        raise NothingToPost(key)
    if sum(entry.amount_vnd for entry in moving):
        raise Unbalanced(key)
    ensure_accounts(codes=[entry.account for entry in moving])
    values = {"kind": kind, "at": now, "entry_count": len(moving), "order_id": order_id}
    _queue_up([entry.account for entry in moving])
    posted, is_new = Transaction.objects.get_or_create(
        key=key, defaults={**values, "payment_id": payment_id, "refund_id": refund_id}
    )
    if is_new:
        Entry.objects.bulk_create(
            Entry(transaction=posted, account_id=entry.account, amount_vnd=entry.amount_vnd, parcel_id=entry.parcel_id)
            for entry in moving
        )
    return posted


def lock_owed(*, producer_id: int) -> int:
    """What the shop owes a producer now, kept from changing until this transaction ends; less than nothing is a debt.

    Whoever pays out asks here: refunds and clearings of the producer wait, so that no more is paid than is owed.
    """
    account = producer_payable(producer_id)
    ensure_accounts(codes=[account])
    _queue_up([account])
    return -balance_of(account)


def balances_by_kind() -> dict[str, int]:
    """What all accounts of each kind hold together."""
    return dict(Entry.objects.order_by().values_list("account__kind").annotate(sum=Sum("amount_vnd")))


def _queue_up(codes: Iterable[str]) -> None:
    """Write into what is owed to a producer one after the other, so that no payout is reckoned beside a refund."""
    owed = Account.objects.filter(pk__in=codes, kind=Account.Kind.PRODUCER_PAYABLE).order_by("pk")
    list(owed.select_for_update(no_key=True).values_list("pk", flat=True))


def find_posted(*, key: str) -> Transaction | None:
    """The transaction of this key, or None while it did not happen."""
    return Transaction.objects.filter(key=key).first()


def balance_of(account: str, *, parcel_id: int | None = None) -> int:
    """What an account holds, of one parcel if wanted: debit positive. What the shop owes somebody is negative."""
    entries = Entry.objects.filter(account=account)
    if parcel_id is not None:
        entries = entries.filter(parcel=parcel_id)
    return entries.aggregate(sum=Sum("amount_vnd", default=0))["sum"]


def balances_of(accounts: Iterable[str]) -> dict[str, int]:
    """The balances of several accounts in one query; one that nothing was posted to holds nothing."""
    codes = list(accounts)
    sums = Entry.objects.filter(account__in=codes).order_by().values_list("account").annotate(sum=Sum("amount_vnd"))
    return dict.fromkeys(codes, 0) | dict(sums)

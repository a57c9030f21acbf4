"""Money goes back to a buyer: first it is owed, then it is paid."""

from datetime import datetime

from shop.domain.parcels.models import Parcel

from .. import accounts
from ..models import Account, ParcelSplit, Transaction
from ..posting import Posting, find_posted, post
from ..reversing import account_now, forward_of, is_divided, reverse_of, reversed_of

K = Transaction.Kind


def refund(*, refund_id: int, parcel_id: int | None, amount_vnd: int, payment_id: int, now: datetime) -> Transaction | None:
    """A refund was approved: the parcel's sides give it back and it is due to the buyer. Raises MoreThanPaid.

    None when the books owe it already: `capture` puts what belongs to no live parcel straight into `refund_due`.
    """
    key = f"refund:{refund_id}"
    written = find_posted(key=key)
    if written is not None or parcel_id is None:
        return written
    parcel = Parcel.objects.select_for_update(no_key=True).get(pk=parcel_id)
    if not is_divided(parcel_id=parcel_id):
        return None
    split = ParcelSplit.objects.get(pk=parcel_id)
    sides = reverse_of(split=split, parcel=parcel, amount_vnd=amount_vnd, before_vnd=reversed_of(parcel_id=parcel_id))
    return post(
        key=key,
        kind=K.REFUND,
        entries=[*sides, Posting(accounts.REFUND_DUE, -amount_vnd, parcel_id)],
        order_id=parcel.order_id,
        payment_id=payment_id,
        refund_id=refund_id,
        now=now,
    )


def bear_refund(*, refund_id: int, now: datetime) -> Transaction | None:
    """The shop pays for a refund: the producer gets back what the refund took from it. None when that was nothing."""
    made = find_posted(key=f"refund:{refund_id}")
    kinds = (Account.Kind.PRODUCER_HELD, Account.Kind.PRODUCER_PAYABLE)
    taken = list(made.entries.filter(account__kind__in=kinds)) if made else []
    if made is None or not taken:
        return None
    given = [Posting(account_now(entry), -entry.amount_vnd, entry.parcel_id) for entry in taken]
    cost_vnd = sum(entry.amount_vnd for entry in taken)
    return post(
        key=f"refund_borne:{refund_id}",
        kind=K.REFUND_BORNE,
        entries=[*given, Posting(accounts.DISCOUNT_PLATFORM, cost_vnd, taken[0].parcel_id)],
        order_id=made.order_id,
        payment_id=made.payment_id,
        refund_id=refund_id,
        now=now,
    )


def unbear_refund(*, refund_id: int, now: datetime) -> Transaction | None:
    """A refund the shop paid for will not be paid: the shop has back what it gave the producer for it. None when nothing."""
    borne = find_posted(key=f"refund_borne:{refund_id}")
    if borne is None:
        return None
    return post(
        key=f"refund_not_borne:{refund_id}",
        kind=K.REFUND_BORNE,
        entries=[Posting(account_now(entry), -entry.amount_vnd, entry.parcel_id) for entry in borne.entries.all()],
        order_id=borne.order_id,
        payment_id=borne.payment_id,
        refund_id=refund_id,
        now=now,
    )


def keep_due(*, refund_id: int, amount_vnd: int, order_id: int, payment_id: int, now: datetime) -> Transaction:
    """Money of no parcel was due to a buyer whose bank took it: it pays for what the shop lost by that."""
    return post(
        key=f"refund_withdrawn:{refund_id}",
        kind=K.REFUND_WITHDRAWN,
        entries=[Posting(accounts.REFUND_DUE, amount_vnd), Posting(accounts.GATEWAY_FEE, -amount_vnd)],
        order_id=order_id,
        payment_id=payment_id,
        refund_id=refund_id,
        now=now,
    )


def withdraw_refund(*, refund_id: int, now: datetime) -> Transaction | None:
    """An approved refund will not be paid after all: what it took from the sides goes back to them."""
    made = find_posted(key=f"refund:{refund_id}")
    if made is None:
        return None
    due = made.entries.get(account=accounts.REFUND_DUE)
    split = ParcelSplit.objects.select_related("parcel").get(pk=due.parcel_id)
    sides = forward_of(split=split, parcel=split.parcel, amount_vnd=-due.amount_vnd, before_vnd=reversed_of(parcel_id=split.pk))
    return post(
        key=f"refund_withdrawn:{refund_id}",
        kind=K.REFUND_WITHDRAWN,
        entries=[*sides, Posting(accounts.REFUND_DUE, -due.amount_vnd, due.parcel_id)],
        order_id=made.order_id,
        payment_id=made.payment_id,
        refund_id=refund_id,
        now=now,
    )


def pay_refund(*, refund_id: int, order_id: int, payment_id: int, account: str, amount_vnd: int, now: datetime) -> Transaction:
    """The buyer has it back, out of `account` (gateway_clearing, or bank for transfers and cash).

    Paid, come back (`take_back_refund`) and paid again is written each time.
    """
    paid, came_back = _count(refund_id, K.REFUND_PAID), _count(refund_id, K.REFUND_CAME_BACK)
    return post(
        key=_numbered(f"refund_paid:{refund_id}", paid if paid > came_back else paid + 1),
        kind=K.REFUND_PAID,
        entries=[Posting(accounts.REFUND_DUE, amount_vnd), Posting(account, -amount_vnd)],
        order_id=order_id,
        payment_id=payment_id,
        refund_id=refund_id,
        now=now,
    )


def take_back_refund(*, refund_id: int, now: datetime) -> Transaction | None:
    """What was paid came back (the buyer's bank refused it): it is due again. None when nothing is out."""
    paid, came_back = _count(refund_id, K.REFUND_PAID), _count(refund_id, K.REFUND_CAME_BACK)
    last = find_posted(key=_numbered(f"refund_paid:{refund_id}", paid))
    if last is None:
        return None
    return post(
        key=_numbered(f"refund_came_back:{refund_id}", came_back if paid == came_back else came_back + 1),
        kind=K.REFUND_CAME_BACK,
        entries=[Posting(entry.account_id, -entry.amount_vnd) for entry in last.entries.all()],
        order_id=last.order_id,
        payment_id=last.payment_id,
        refund_id=refund_id,
        now=now,
    )


def _count(refund_id: int, kind: str) -> int:
    return Transaction.objects.filter(refund_id=refund_id, kind=kind).count()


def _numbered(key: str, number: int) -> str:
    """The first time bears no number."""
    return key if number <= 1 else f"{key}:{number}"

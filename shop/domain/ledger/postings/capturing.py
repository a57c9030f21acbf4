"""Money comes in, and is divided at once as the parcels' splits say."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from .. import accounts
from ..models import ParcelSplit, Transaction
from ..posting import Posting, find_posted, post

CAPTURE = Transaction.Kind.CAPTURE


class CashHolder(StrEnum):
    """Who took the cash at the door."""

    CARRIER = "carrier"
    PRODUCER = "producer"


class SplitMissing(LookupError):
    """A parcel whose split was never frozen cannot be paid for."""


def capture(
    *, payment_id: int, order_id: int, account: str, amount_vnd: int, parcel_ids: Collection[int], now: datetime
) -> Transaction:
    """A payment succeeded: `account` (gateway_clearing, bank or unallocated) holds it, the live parcels divide it.

    `parcel_ids` are those that still want their money; what is left over (called off meanwhile, paid twice) is due back.
    Less than they cost makes `refund_due` a claim, which the invariants find: somebody let too little pass.
    """
    key = f"capture:{payment_id}"
    written = find_posted(key=key)
    if written is not None:
        return written
    splits = list(ParcelSplit.objects.filter(pk__in=parcel_ids).select_related("parcel").order_by("pk"))
    if len(splits) != len(set(parcel_ids)):
        raise SplitMissing(key)
    left_over = amount_vnd - sum(split.total_vnd for split in splits)
    entries = [Posting(account, amount_vnd)]
    for split in splits:
        entries += divided(split)
    entries.append(Posting(accounts.REFUND_DUE, -left_over))
    return post(key=key, kind=CAPTURE, entries=entries, order_id=order_id, payment_id=payment_id, now=now)


def deliver_cash(*, parcel_id: int, payment_id: int, holder: CashHolder, now: datetime) -> Transaction:
    """A parcel was delivered and paid in cash, which the carrier or the producer holds until it is handed in or netted."""
    split = ParcelSplit.objects.select_related("parcel").get(pk=parcel_id)
    parcel = split.parcel
    in_hands_of = accounts.COD_CARRIER if holder == CashHolder.CARRIER else accounts.cod_producer(parcel.producer_id)
    return post(
        key=f"cod:{parcel_id}",
        kind=CAPTURE,
        entries=[Posting(in_hands_of, split.total_vnd, parcel_id), *divided(split)],
        order_id=parcel.order_id,
        payment_id=payment_id,
        now=now,
    )


def hand_in_cash(*, hand_in_id: int, amount_vnd: int, now: datetime, producer_id: int | None = None) -> Transaction:
    """The carrier, or a producer when one is named, brought cash to the bank."""
    came_from = accounts.COD_CARRIER if producer_id is None else accounts.cod_producer(producer_id)
    return post(
        key=f"handin:{hand_in_id}",
        kind=Transaction.Kind.HAND_IN,
        entries=[Posting(accounts.BANK, amount_vnd), Posting(came_from, -amount_vnd)],
        now=now,
    )


def divided(split: ParcelSplit) -> list[Posting]:
    """The sides of a split that answer for the buyer's money; with the parcel's total they sum to zero."""
    parcel_id, producer_id = split.pk, split.parcel.producer_id
    return [
        Posting(accounts.DISCOUNT_PLATFORM, split.platform_discount_vnd, parcel_id),
        Posting(accounts.producer_held(producer_id), -split.producer_vnd, parcel_id),
        Posting(accounts.COMMISSION, -split.commission_vnd, parcel_id),
        Posting(accounts.TAX_WITHHELD, -split.tax_vnd, parcel_id),
    ]

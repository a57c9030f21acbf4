"""A buyer's bank takes the money away while it decides, and keeps it or gives it back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from shop.common.money import split_by_largest_remainder
from shop.domain.parcels.models import Parcel

from .. import accounts
from ..models import Entry, ParcelSplit, Transaction
from ..posting import Posting, find_posted, post
from ..reversing import reverse_of, reversed_of

K = Transaction.Kind


class DisputeUnknown(LookupError):
    """A dispute that was never opened has no end."""


@dataclass(frozen=True)
class Standing:
    """How the disputes of one payment stand: what is undecided, and what was lost for good."""

    open_vnd: int
    lost_vnd: int


def standing_of(*, payment_id: int) -> Standing:
    """Return how the disputes of a payment stand. There may be several, one after the other or each of a part."""
    open_vnd = lost_vnd = 0
    for opened in Transaction.objects.filter(payment_id=payment_id, kind=K.DISPUTE_OPENED):
        name = opened.key.removesuffix(":open")
        if find_posted(key=f"{name}:lost") is not None:
            lost_vnd += _amount_of(opened)
        elif find_posted(key=f"{name}:won") is None:
            open_vnd += _amount_of(opened)
    return Standing(open_vnd, lost_vnd)


def is_decided(*, dispute_id: str) -> bool:
    """Whether a bank's last word on a dispute is in the books."""
    return any(find_posted(key=f"dispute:{dispute_id}:{end}") is not None for end in ("won", "lost"))


def open_dispute(*, dispute_id: str, order_id: int, payment_id: int, amount_vnd: int, now: datetime) -> Transaction:
    """The gateway withdrew the amount."""
    entries = [Posting(accounts.DISPUTED, amount_vnd), Posting(accounts.GATEWAY_CLEARING, -amount_vnd)]
    key = f"dispute:{dispute_id}:open"
    return post(key=key, kind=K.DISPUTE_OPENED, entries=entries, order_id=order_id, payment_id=payment_id, now=now)


def win_dispute(*, dispute_id: str, now: datetime) -> Transaction:
    """The gateway gave it back."""
    opened = _find_opened(dispute_id)
    amount = _amount_of(opened)
    return post(
        key=f"dispute:{dispute_id}:won",
        kind=K.DISPUTE_WON,
        entries=[Posting(accounts.GATEWAY_CLEARING, amount), Posting(accounts.DISPUTED, -amount)],
        order_id=opened.order_id,
        payment_id=opened.payment_id,
        now=now,
    )


def lose_dispute(*, dispute_id: str, now: datetime) -> Transaction:
    """The buyer's bank kept it: the parcels' sides bear it as they would a refund, in proportion to what is left of each.

    What the parcels no longer hold (refunded before) is the shop's loss, beside the gateway's fees.
    """
    key = f"dispute:{dispute_id}:lost"
    written = find_posted(key=key)
    if written is not None:
        return written
    opened = _find_opened(dispute_id)
    entries = _sides_bearing(opened, _amount_of(opened))
    return post(key=key, kind=K.DISPUTE_LOST, entries=entries, order_id=opened.order_id, payment_id=opened.payment_id, now=now)


def shop_loss_of(*, payment_id: int) -> int:
    """What the shop bears of a payment's lost disputes, because no parcel was left to bear it."""
    told = Entry.objects.filter(transaction__payment_id=payment_id, account=accounts.GATEWAY_FEE)
    lost = told.filter(transaction__kind__in=[K.DISPUTE_LOST, K.REFUND_WITHDRAWN])
    return lost.aggregate(sum=Sum("amount_vnd", default=0))["sum"]


def hand_loss_to_parcels(*, refund_id: int, order_id: int, payment_id: int, most_vnd: int, now: datetime) -> Transaction | None:
    """A refund was called off, so its parcel holds the money again: it bears what the shop bore in its place, if anything."""
    loss_vnd = min(most_vnd, shop_loss_of(payment_id=payment_id))
    entries, borne_vnd = _borne_by_parcels(payment_id, loss_vnd)
    if borne_vnd <= 0:
        return None
    back = [Posting(accounts.DISPUTED, borne_vnd), Posting(accounts.GATEWAY_FEE, -borne_vnd)]
    return post(
        key=f"loss_handed_over:{refund_id}",
        kind=K.DISPUTE_LOST,
        entries=[*entries, *back],
        order_id=order_id,
        payment_id=payment_id,
        refund_id=refund_id,
        now=now,
    )


def _sides_bearing(opened: Transaction, amount_vnd: int) -> list[Posting]:
    entries, borne_vnd = _borne_by_parcels(opened.payment_id, amount_vnd)
    lost_by_the_shop = amount_vnd - borne_vnd
    return [*entries, Posting(accounts.GATEWAY_FEE, lost_by_the_shop), Posting(accounts.DISPUTED, -lost_by_the_shop)]


def _borne_by_parcels(payment_id: int | None, amount_vnd: int) -> tuple[list[Posting], int]:
    """The sides of a payment's parcels that bear so much, as far as they hold it; and how much that is."""
    paid = Entry.objects.filter(transaction__kind=K.CAPTURE, transaction__payment_id=payment_id, parcel__isnull=False)
    parcels = Parcel.objects.select_for_update(no_key=True).filter(pk__in=paid.values("parcel")).order_by("pk")
    splits = ParcelSplit.objects.in_bulk([parcel.pk for parcel in parcels])
    before = {parcel.pk: reversed_of(parcel_id=parcel.pk) for parcel in parcels}
    left = [splits[parcel.pk].total_vnd - before[parcel.pk] for parcel in parcels]
    borne = min(amount_vnd, sum(left))
    entries = []
    for parcel, share in zip(parcels, split_by_largest_remainder(borne, left), strict=True):
        split, amount = splits[parcel.pk], int(share)
        entries += reverse_of(split=split, parcel=parcel, amount_vnd=amount, before_vnd=before[parcel.pk])
        entries.append(Posting(accounts.DISPUTED, -amount, parcel.pk))
    return entries, borne


def _find_opened(dispute_id: str) -> Transaction:
    opened = find_posted(key=f"dispute:{dispute_id}:open")
    if opened is None:
        raise DisputeUnknown(dispute_id)
    return opened


def _amount_of(opened: Transaction) -> int:
    return opened.entries.get(account=accounts.DISPUTED).amount_vnd

"""The return window is over: what was held for a producer is owed to it, less the cash it took itself."""

from datetime import datetime

from shop.domain.parcels.models import Parcel

from .. import accounts
from ..models import Transaction
from ..posting import Posting, balance_of, find_posted, post


def clear(*, parcel_id: int, now: datetime) -> Transaction | None:
    """Release a parcel that is closed and not disputed; None when nothing is held for it.

    Cash the producer took at its door is netted in the same breath: what is left over is what it owes the shop.
    """
    parcel = Parcel.objects.select_for_update(no_key=True).get(pk=parcel_id)
    _net_cash(parcel, now)
    key = f"clear:{parcel_id}"
    held = accounts.producer_held(parcel.producer_id)
    held_vnd = -balance_of(held, parcel_id=parcel_id)
    written = find_posted(key=key)
    if written is not None or not held_vnd:
        return written
    return post(
        key=key,
        kind=Transaction.Kind.CLEARING,
        entries=[
            Posting(held, held_vnd, parcel_id),
            Posting(accounts.producer_payable(parcel.producer_id), -held_vnd, parcel_id),
        ],
        order_id=parcel.order_id,
        now=now,
    )


def _net_cash(parcel: Parcel, now: datetime) -> None:
    in_hand = accounts.cod_producer(parcel.producer_id)
    cash_vnd = balance_of(in_hand, parcel_id=parcel.pk)
    if not cash_vnd:
        return
    post(
        key=f"net:{parcel.pk}",
        kind=Transaction.Kind.NETTING,
        entries=[
            Posting(accounts.producer_payable(parcel.producer_id), cash_vnd, parcel.pk),
            Posting(in_hand, -cash_vnd, parcel.pk),
        ],
        order_id=parcel.order_id,
        now=now,
    )

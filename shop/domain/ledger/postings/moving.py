"""Money moves between places without changing whose it is: fees, settlements, payouts, transfers nobody knows yet."""

from datetime import datetime

from .. import accounts
from ..models import Transaction
from ..posting import Posting, post

K = Transaction.Kind


def charge_fee(
    *, event_id: str, amount_vnd: int, now: datetime, order_id: int | None = None, payment_id: int | None = None
) -> Transaction:
    """The gateway kept a fee."""
    entries = [Posting(accounts.GATEWAY_FEE, amount_vnd), Posting(accounts.GATEWAY_CLEARING, -amount_vnd)]
    return post(key=f"fee:{event_id}", kind=K.FEE, entries=entries, order_id=order_id, payment_id=payment_id, now=now)


def settle_gateway(*, settlement_id: str, amount_vnd: int, now: datetime) -> Transaction:
    """The gateway transferred what it held to the shop's bank."""
    entries = [Posting(accounts.BANK, amount_vnd), Posting(accounts.GATEWAY_CLEARING, -amount_vnd)]
    return post(key=f"settlement:{settlement_id}", kind=K.SETTLEMENT, entries=entries, now=now)


def receive_unallocated(*, transfer_id: str, amount_vnd: int, now: datetime) -> Transaction:
    """A transfer came that belongs to no order yet; matched later, it is captured out of `unallocated`."""
    entries = [Posting(accounts.BANK, amount_vnd), Posting(accounts.UNALLOCATED, -amount_vnd)]
    return post(key=f"received:{transfer_id}", kind=K.UNALLOCATED, entries=entries, now=now)


def return_unallocated(*, transfer_id: str, amount_vnd: int, now: datetime) -> Transaction:
    """A transfer that belongs to no order went back to its sender."""
    entries = [Posting(accounts.UNALLOCATED, amount_vnd), Posting(accounts.BANK, -amount_vnd)]
    return post(key=f"returned:{transfer_id}", kind=K.UNALLOCATED, entries=entries, now=now)


def pay_out(*, payout_id: int, producer_id: int, amount_vnd: int, now: datetime) -> Transaction:
    """The bank paid a producer."""
    entries = [Posting(accounts.producer_payable(producer_id), amount_vnd), Posting(accounts.BANK, -amount_vnd)]
    return post(key=f"payout:{payout_id}", kind=K.PAYOUT, entries=entries, now=now)


def return_payout(*, payout_id: int, producer_id: int, amount_vnd: int, now: datetime) -> Transaction:
    """The bank sent a payout back: the shop owes it again."""
    entries = [Posting(accounts.BANK, amount_vnd), Posting(accounts.producer_payable(producer_id), -amount_vnd)]
    return post(key=f"payout_returned:{payout_id}", kind=K.PAYOUT_RETURNED, entries=entries, now=now)

"""One function per thing that happens to money; each may be called again and writes once.

A caller holds the locks of the order, the payment and the parcels it names, in that order (`ordering.locking`).
"""

from .capturing import CashHolder, capture, deliver_cash, hand_in_cash
from .clearing import clear
from .disputing import (
    Standing,
    hand_loss_to_parcels,
    is_decided,
    lose_dispute,
    open_dispute,
    shop_loss_of,
    standing_of,
    win_dispute,
)
from .moving import charge_fee, pay_out, receive_unallocated, return_payout, return_unallocated, settle_gateway
from .refunding import bear_refund, keep_due, pay_refund, refund, take_back_refund, unbear_refund, withdraw_refund

__all__ = [
    "CashHolder",
    "Standing",
    "bear_refund",
    "capture",
    "charge_fee",
    "clear",
    "deliver_cash",
    "hand_in_cash",
    "hand_loss_to_parcels",
    "is_decided",
    "keep_due",
    "lose_dispute",
    "open_dispute",
    "pay_out",
    "pay_refund",
    "receive_unallocated",
    "refund",
    "return_payout",
    "return_unallocated",
    "settle_gateway",
    "shop_loss_of",
    "standing_of",
    "take_back_refund",
    "unbear_refund",
    "win_dispute",
    "withdraw_refund",
]

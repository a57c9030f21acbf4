"""Whether a code gives somebody a discount on some goods today; if not, the first reason why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .codes import clean_code, is_code
from .dividing import Discount, ParcelGoods, divide_discount
from .fitting import Goods, fitting_goods
from .models import Voucher
from .using import Buyer, is_used_up, is_used_up_by


class Refusal(StrEnum):
    """Why a code gives nothing."""

    UNKNOWN = "unknown"
    STOPPED = "stopped"
    NOT_YET = "not_yet"
    OVER = "over"
    USED_BY_YOU = "used_by_you"
    USED_UP = "used_up"
    NOT_FOR_THESE = "not_for_these"
    TOO_LITTLE = "too_little"
    PHONE_UNCONFIRMED = "phone_unconfirmed"


class VoucherRefused(Exception):
    """The code gives nothing here; `missing_vnd` is what the goods lack to its minimum."""

    def __init__(self, refusal: Refusal, *, voucher: Voucher | None = None, missing_vnd: int = 0) -> None:
        self.refusal = refusal
        self.voucher = voucher
        self.missing_vnd = missing_vnd
        super().__init__(refusal)


@dataclass(frozen=True)
class Asking:
    """A code as typed, and who uses it."""

    code: str
    buyer: Buyer


def find_voucher(*, code: str) -> Voucher:
    """The voucher of a code as typed. Raises VoucherRefused."""
    cleaned = clean_code(code)
    found = Voucher.objects.select_related("category").filter(code=cleaned).first() if is_code(cleaned) else None
    if found is None:
        raise VoucherRefused(Refusal.UNKNOWN)
    return found


def discount_for(*, asking: Asking, goods: Sequence[Goods], today: date) -> Discount:
    """What a code takes off these goods today. Raises VoucherRefused.

    Under `using.hold_voucher` the answer stays true until the transaction ends; without it, it is what a page may show.
    """
    voucher = find_voucher(code=asking.code)
    refusal = _refusal_of_day(voucher, today) or _refusal_of_limits(voucher, asking.buyer)
    if refusal is not None:
        raise VoucherRefused(refusal, voucher=voucher)
    return discount_by(voucher=voucher, goods=goods)


def discount_by(*, voucher: Voucher, goods: Sequence[Goods]) -> Discount:
    """What a voucher takes off these goods, whenever and whoever. Raises VoucherRefused."""
    fitting = fitting_goods(voucher=voucher, goods=goods)
    if not fitting:
        raise VoucherRefused(Refusal.NOT_FOR_THESE, voucher=voucher)
    missing_vnd = voucher.minimum_goods_vnd - sum(one.total_vnd for one in fitting)
    if missing_vnd > 0:
        raise VoucherRefused(Refusal.TOO_LITTLE, voucher=voucher, missing_vnd=missing_vnd)
    producers = list(dict.fromkeys(one.producer_id for one in goods))
    parcels = [ParcelGoods(_sum(goods, producer), _sum(fitting, producer)) for producer in producers]
    parts = dict(zip(producers, divide_discount(voucher=voucher, parcels=parcels), strict=True))
    if not any(parts.values()):
        # One percent of ninety-nine đồng is nothing.
        raise VoucherRefused(Refusal.NOT_FOR_THESE, voucher=voucher)
    return Discount(voucher, parts)


def _sum(goods: Sequence[Goods], producer_id: int) -> int:
    return sum(one.total_vnd for one in goods if one.producer_id == producer_id)


def _refusal_of_day(voucher: Voucher, today: date) -> Refusal | None:
    if voucher.stopped_at is not None:
        return Refusal.STOPPED
    if today < voucher.starts_on:
        return Refusal.NOT_YET
    return Refusal.OVER if today > voucher.ends_on else None


def _refusal_of_limits(voucher: Voucher, buyer: Buyer) -> Refusal | None:
    if is_used_up_by(voucher=voucher, buyer=buyer):
        return Refusal.USED_BY_YOU
    return Refusal.USED_UP if is_used_up(voucher=voucher) else None

"""Vouchers of the acceptance profile: one to fight over, one for each limit, one by each kind of giver, one that is over."""

from datetime import datetime, timedelta
from typing import Any

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.people.actor import SYSTEM
from shop.domain.vouchers.making import VoucherWanted, make_voucher, stop_voucher
from shop.domain.vouchers.models import Voucher
from shop.oscar_forks.partner.models import Partner

LASTS = timedelta(days=365)
STOPPED = "DUNG"


def seed_vouchers(*, seed: int, producers: list[Partner], now: datetime) -> list[dict[str, Any]]:
    """Make them, or find those of an earlier run of the same seed; describe them as the report does."""
    today = now.astimezone(SHOP_TIME_ZONE).date()
    days = {"starts_on": today, "ends_on": today + LASTS}
    own = {"funder": Voucher.Funder.PRODUCER, "scope": Voucher.Scope.PRODUCER, "producer_id": producers[0].pk}
    wanted = {
        "NAM": {"name": "Năm lượt đầu", "amount_vnd": 20_000, "limit_total": 5},
        "MOI": {"name": "Mỗi người một lần", "amount_vnd": 15_000, "limit_per_buyer": 1},
        "PHANTRAM": {"name": "Giảm 10 %", "percent": 10, "cap_vnd": 50_000, "minimum_goods_vnd": 200_000},
        "NHAVUON": {"name": "Nhà vườn giảm giá", "percent": 20, **own},
        STOPPED: {"name": "Đã dừng", "amount_vnd": 10_000},
    }
    return [_describe(_find_or_make(f"{name}{seed}", days | values, now)) for name, values in wanted.items()]


def _find_or_make(code: str, values: dict[str, Any], now: datetime) -> Voucher:
    found = Voucher.objects.filter(code=code).first()
    if found is not None:
        return found
    voucher = make_voucher(wanted=VoucherWanted(code=code, **values), actor=SYSTEM, now=now)
    if code.startswith(STOPPED):
        return stop_voucher(voucher_id=voucher.pk, actor=SYSTEM, now=now)
    return voucher


def _describe(voucher: Voucher) -> dict[str, Any]:
    return {
        "code": voucher.code,
        "usage_limit": voucher.limit_total,
        "limit_per_buyer": voucher.limit_per_buyer,
        "funder": voucher.funder,
        "producer_id": voucher.producer_id,
        "amount": voucher.amount_vnd,
        "percent": voucher.percent,
        "cap": voucher.cap_vnd,
        "minimum_goods": voucher.minimum_goods_vnd,
        "starts_on": voucher.starts_on.isoformat(),
        "ends_on": voucher.ends_on.isoformat(),
        "stopped": voucher.stopped_at is not None,
    }

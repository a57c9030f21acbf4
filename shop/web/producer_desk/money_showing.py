"""What the room of money says of payouts: how much comes next, when, and what keeps it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.common.promises import RETURN_WINDOW_DAYS
from shop.domain.ordering.closing import RETURN_WINDOW
from shop.domain.parcels.models import Parcel
from shop.domain.payouts.banks import bank_name
from shop.domain.payouts.declaring import account_of
from shop.domain.payouts.owing import Obstacle, assess
from shop.domain.payouts.preparing import next_payout_day

OBSTACLES: dict[str, str | Promise] = {
    Obstacle.OPEN: _("Một khoản chi trả đang được chuyển."),
    Obstacle.FROZEN: _("Gian hàng bị dừng, nên tiền tạm giữ đến khi văn phòng quyết định."),
    Obstacle.NOTHING_OWED: _("Chưa có tiền được trả. Số âm được trừ vào các đơn sau."),
    Obstacle.NO_ACCOUNT: _("Hãy khai tài khoản nhận tiền và thông tin thuế để được chi trả."),
    Obstacle.COOLING: _("Tài khoản mới đổi: chưa chi khoản nào trong thời gian chờ."),
    Obstacle.DISPUTED: _("Ngân hàng của khách đang khiếu nại một đơn, nên khoản đó chưa được chi."),
    Obstacle.BELOW_MINIMUM: _("Chưa đủ mức tối thiểu; số dư chuyển sang kỳ sau."),
}


def held_until(parcel: Parcel) -> datetime | None:
    """Until when the money of a delivered parcel waits; None where nobody knows yet, or it is over."""
    if parcel.status != Parcel.Status.DELIVERED or parcel.delivered_at is None:
        return None
    return parcel.delivered_at + RETURN_WINDOW


def payout_context(*, producer_id: int, now: datetime) -> dict[str, Any]:
    """The next payout of one producer, and the account it goes to."""
    owed = assess(producer_ids=[producer_id], now=now)[0]
    account = account_of(producer_id=producer_id)
    return {
        "next_vnd": owed.amount_vnd if owed.obstacle is None else 0,
        "next_day": next_payout_day(now=now),
        "obstacle": OBSTACLES[owed.obstacle] if owed.obstacle else "",
        "bank_account": account,
        "bank": bank_name(account.bank_bin) if account else "",
        "cools": account is not None and account.usable_from > now,
        "minimum_vnd": settings.PAYOUT_MINIMUM_VND,
        "return_days": RETURN_WINDOW_DAYS,
    }

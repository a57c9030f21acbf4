"""Reading vouchers for those who made them."""

from datetime import date
from enum import StrEnum

from django.db.models import Count, Q, QuerySet, Sum

from .models import Redemption, Voucher

LIVE = Q(redemptions__is_live=True)


class Standing(StrEnum):
    """Where a voucher stands on a day."""

    TO_COME = "to_come"
    RUNNING = "running"
    USED_UP = "used_up"
    OVER = "over"
    STOPPED = "stopped"


def with_uses(vouchers: QuerySet[Voucher]) -> QuerySet[Voucher]:
    """Add `uses` that count, `given_vnd` of those, and `ever_used`: all there ever were."""
    return vouchers.select_related("producer", "category").annotate(
        uses=Count("redemptions", filter=LIVE),
        given_vnd=Sum("redemptions__discount_vnd", filter=LIVE, default=0),
        ever_used=Count("redemptions"),
    )


def standing_of(voucher: Voucher, *, today: date) -> Standing:
    """Say where a voucher read by `with_uses` stands."""
    if voucher.stopped_at is not None:
        return Standing.STOPPED
    if today > voucher.ends_on:
        return Standing.OVER
    if voucher.limit_total is not None and voucher.uses >= voucher.limit_total:
        return Standing.USED_UP
    return Standing.TO_COME if today < voucher.starts_on else Standing.RUNNING


def code_of_order(*, order_id: int) -> str:
    """The code an order was placed with; empty where there was none."""
    return Voucher.objects.filter(redemptions__order=order_id).values_list("code", flat=True).first() or ""


def redemptions_of(*, voucher: Voucher) -> QuerySet[Redemption]:
    """Every use there was, the newest first."""
    return Redemption.objects.filter(voucher=voucher).select_related("order").order_by("-pk")

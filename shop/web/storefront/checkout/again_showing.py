"""Lines of an old order as they can be bought today, in words; for the account's page and for the link's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shop.domain.ordering.reordering import AgainLine, Finding, judge_again
from shop.oscar_forks.basket.models import Line
from shop.oscar_forks.order.models import Order

from ..cards import product_url
from .tongues import marked_name
from .words import NOT_FOR_SALE


@dataclass(frozen=True)
class ShownAgain:
    """One line in words; `remark` says what changed since, `is_missing` that it could not go into a full basket."""

    again: AgainLine
    title: SafeString
    unit: SafeString
    url: str
    remark: str
    is_missing: bool


def show_again(*, order: Order, basket_id: int | None, is_done: bool, today: date, is_adult: bool) -> dict[str, Any]:
    """What the page of buying again shows; once it is done, what of it lies in the basket."""
    lying = set(Line.objects.filter(basket=basket_id).values_list("stockrecord_id", flat=True)) if is_done else None
    lines = [_show(line, lying) for line in judge_again(order=order, today=today, is_adult=is_adult)]
    return {
        "order": order,
        "is_done": is_done,
        "buyable": [line for line in lines if line.again.is_purchasable],
        "left_out": [line for line in lines if not line.again.is_purchasable],
    }


def _show(again: AgainLine, lying: Collection[int | None] | None) -> ShownAgain:
    product = again.line.product
    record = again.stock_record
    return ShownAgain(
        again=again,
        title=marked_name(again.line.title, again.line.title_en),
        unit=marked_name(again.line.unit, again.line.unit_en),
        url=product_url(product.parent or product) if product else "",
        remark=_remark(again),
        is_missing=lying is not None and again.is_purchasable and record is not None and record.pk not in lying,
    )


def _remark(again: AgainLine) -> str:
    if again.refusal is not None:
        return str(NOT_FOR_SALE[again.refusal])
    if again.finding == Finding.FEWER:
        return _("Chỉ còn %(free)d, lần trước bạn mua %(before)d.") % {"free": again.quantity, "before": again.line.quantity}
    return ""

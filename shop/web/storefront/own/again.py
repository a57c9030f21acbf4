"""/tai-khoan/don-hang/<number>/mua-lai/: an order once more, and plainly what of it cannot be bought."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shop.access.declare import PEOPLE, access
from shop.common import clock
from shop.domain.ordering.reordering import AgainLine, Finding, judge_again, order_again
from shop.oscar_forks.basket.models import Basket, Line
from shop.web.storefront.cards import product_url
from shop.web.storefront.checkout.private_page import private_page
from shop.web.storefront.checkout.tongues import marked_name
from shop.web.storefront.checkout.words import NOT_FOR_SALE
from shop.web.storefront.declared_age import has_declared

from .orders import own_order_or_404

DONE = "xong"


@dataclass(frozen=True)
class ShownAgain:
    """One line in words; `remark` says what changed since, `is_missing` that it could not go into a full basket."""

    again: AgainLine
    title: SafeString
    unit: SafeString
    url: str
    remark: str
    is_missing: bool


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",), owner="order.user")
@private_page
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Say line by line what can be bought again; the button puts it into the basket, twice is as good as once."""
    order = own_order_or_404(request, number)
    if request.method == "POST":
        order_again(order_id=order.pk, owner_id=request.user.pk, today=clock.today(), is_adult=has_declared(request))
        return HttpResponseRedirect(f"{reverse('storefront:order_again', args=[order.number])}?{DONE}=1", status=303)
    is_done, is_adult = DONE in request.GET, has_declared(request)
    lying = _lying_in_basket(request.user.pk) if is_done else None
    lines = [_show(line, lying) for line in judge_again(order=order, today=clock.today(), is_adult=is_adult)]
    context = {
        "order": order,
        "is_done": is_done,
        "buyable": [line for line in lines if line.again.is_purchasable],
        "left_out": [line for line in lines if not line.again.is_purchasable],
    }
    return render(request, "account/order_again.html", context)


def _lying_in_basket(user_id: int) -> set[int]:
    lines = Line.objects.filter(basket__owner_id=user_id, basket__status=Basket.OPEN)
    return set(lines.values_list("stockrecord_id", flat=True))


def _show(again: AgainLine, lying: set[int] | None) -> ShownAgain:
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

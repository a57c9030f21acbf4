"""/don-hang/<number>/<token>/tra-tien/: how an order that waits for its money is paid, and how to pay it another way.

The page only reads what is known; that the money is there is said by the provider or the bank, never by a browser.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.ordering.attempts import NothingToPay, begin_attempt, exchange_method
from shop.domain.ordering.facts import facts_of_order
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.paying import outstanding_vnd
from shop.domain.payments.models import Payment
from shop.domain.payments.models.payment import OPEN_STATUSES
from shop.domain.payments.provider import PaymentRefused, ProviderUnreachable
from shop.domain.payments.providers.vietqr import METHOD
from shop.domain.payments.registry import PROVIDERS, offered_methods, page_origins
from shop.oscar_forks.order.models import Order
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .private_page import HOST_ONLY, secret_page
from .vietqr_panel import transfer_panel
from .words import PAYMENT_ERRORS, PAYMENT_REFUSALS, payment_name, payment_text, time_left

UNAVAILABLE = 503
UNPROCESSABLE = 422
# The provider's page sends the buyer back with it: the money may take a moment to be confirmed.
IS_BACK = "xong"
# What the page knows to have come; a page that asks by itself is told to load anew when that is no longer so.
CAME = "da-nhan"


@dataclass(frozen=True)
class OtherWay:
    """A way to pay that is not the chosen one; `refusal` says why this order cannot be paid so."""

    method: str
    title: str
    text: str
    refusal: str


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="order.link")
@secret_page(tells=HOST_ONLY)
def pay_order(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Show how to pay; with a press, lead to the provider or exchange the way to pay."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    if order.status != Order.Status.AWAITING_PAYMENT:
        return _to_order(request, order)
    return _press(request, order, token) if request.method == "POST" else _show(request, order, token)


def _press(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    try:
        payment = _pressed(request, order)
    except NothingToPay:
        return _to_order(request, order)
    except PaymentRefused as error:
        return _show(request, order, token, remark=str(PAYMENT_REFUSALS[error.refusal]), status=UNPROCESSABLE)
    except ProviderUnreachable:
        remark = _("Cổng thanh toán chưa trả lời. Đơn và hàng vẫn được giữ: thử lại sau ít phút, hoặc chọn cách trả khác.")
        return _show(request, order, token, remark=remark, status=UNAVAILABLE)
    return HttpResponseRedirect(payment.page_url or reverse("storefront:pay_order", args=[order.number, token]), status=303)


def _pressed(request: HttpRequest, order: Order) -> Payment:
    method = request.POST.get("method", order.payment_method)
    if method not in offered_methods() or method == order.payment_method:
        return begin_attempt(order_id=order.pk, now=clock.now())
    return exchange_method(order_id=order.pk, method=method, facts=facts_of_order(order=order), now=clock.now())


def _to_order(request: HttpRequest, order: Order) -> HttpResponse:
    """The order's own page; a page that asks by itself is told to go there as a whole."""
    path = reverse("storefront:order_tracking", args=[order.number, tracking_token(order)])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": path})
    return HttpResponseRedirect(path, status=303)


def _show(request: HttpRequest, order: Order, token: str, *, remark: str = "", status: int = 200) -> HttpResponse:
    payment = _attempt(order)
    due_vnd = outstanding_vnd(order=order)
    transfer = transfer_panel(payment, due_vnd=due_vnd)
    came_vnd = transfer.came_vnd if transfer else 0
    if request.headers.get("HX-Request") and request.GET.get(CAME, "0") != str(came_vnd):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {
        "order": order,
        "token": token,
        "payment": payment,
        "due_vnd": due_vnd,
        "transfer": transfer,
        "ask_again": f"{request.path}?{urlencode({CAME: came_vnd} | ({IS_BACK: ''} if IS_BACK in request.GET else {}))}",
        "time_left": time_left(order.hold_until, now=clock.now()),
        "is_back": IS_BACK in request.GET,
        "method_name": payment_name(order.payment_method),
        "method_text": payment_text(order.payment_method),
        "method_templates": [f"storefront/payment/_{order.payment_method}.html", "storefront/payment/_page.html"],
        "error": PAYMENT_ERRORS.get(payment.error, PAYMENT_ERRORS["other"]) if payment and payment.error else "",
        "other_ways": _other_ways(order),
        "remark": remark,
    }
    response = render(request, "storefront/payment/pay.html", context, status=status)
    if origins := page_origins():
        # The button leads on to the provider's page, and browsers count that as the form's doing.
        response._csp_update = {"form-action": origins}  # type: ignore[attr-defined]  # noqa: SLF001 -- as django-csp's decorator
    return response


def _attempt(order: Order) -> Payment | None:
    """The open attempt. A transfer asks nobody: to look at the page is enough to be told what to write into it."""
    payment = Payment.objects.filter(order=order, status__in=OPEN_STATUSES).select_related("order").first()
    if order.payment_method != METHOD or (payment is not None and payment.provider_ref):
        return payment
    try:
        return begin_attempt(order_id=order.pk, now=clock.now())
    except NothingToPay:  # paid or called off between two looks
        return payment


def _other_ways(order: Order) -> list[OtherWay]:
    facts = facts_of_order(order=order)
    return [
        OtherWay(
            method,
            payment_name(method),
            payment_text(method),
            str(PAYMENT_REFUSALS[refusal]) if (refusal := PROVIDERS[method].refuse_order(order=facts)) else "",
        )
        for method in offered_methods()
        # Cash is chosen before the order is written: from then on its producers wait for the money.
        if method != order.payment_method and PROVIDERS[method].is_paid_before_packing
    ]

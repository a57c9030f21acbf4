"""/don-hang/<number>/<token>/: the buyer's page of an order, opened by its secret link and nothing else."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.common.phone import mask_phone
from shop.domain.invoices.models import OrderInvoice
from shop.domain.ordering.cancelling import TooLateToCancel, cancel_parcel
from shop.domain.ordering.deriving import is_without_price
from shop.domain.ordering.invoicing import can_change_invoice
from shop.domain.ordering.refund_accounts import account_of_order, wants_account
from shop.domain.pages.queries import versions_accepted
from shop.domain.payments.deciding import deciding_payment
from shop.domain.payments.models import Refund
from shop.domain.people.actor import NOBODY
from shop.domain.vouchers.queries import code_of_order
from shop.oscar_forks.order.models import Order
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .parcel_story import tell_parcels
from .private_page import HOST_ONLY, secret_page
from .words import payment_pill

CONFLICT = 409
LONGEST_REASON = 500


@access(roles=EVERYBODY, methods=("GET",), owner="order.link")
@secret_page()
def order_tracking(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """A line per parcel: where it is, what happened, what is in it."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    return show_order(request, order, token)


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="order.link")
@secret_page(tells=HOST_ONLY)
def cancel(request: HttpRequest, number: str, token: str, parcel: int) -> HttpResponse:
    """Ask once, then call one parcel off; free until it is packed."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    stories = tell_parcels(order)
    story = next((story for story in stories if story.parcel.pk == parcel), None)
    if story is None:
        raise Http404
    if request.method != "POST":
        context = {
            "order": order,
            "token": token,
            "story": story,
            "is_paid": any(attempt.captured_vnd for attempt in order.payments.all()),
            "has_others": any(not is_without_price(parcel=each.parcel) for each in stories if each is not story),
        }
        return render(request, "storefront/checkout/cancel.html", context)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    try:
        cancel_parcel(parcel_id=parcel, reason=reason, actor=acting_buyer(request, order), now=clock.now())
    except TooLateToCancel:
        remark = _("Chủ thể vừa đóng gói kiện này nên không huỷ được nữa. Bạn có thể trả hàng sau khi nhận.")
        return show_order(request, order, token, remark=remark, status=CONFLICT)
    return HttpResponseRedirect(reverse("storefront:order_tracking", args=[number, token]), status=303)


def acting_buyer(request: HttpRequest, order: Order):
    """The account's person when it is their order; else whoever holds the link, nameless."""
    is_buyer = order.user_id is not None and request.user.pk == order.user_id
    return request.actor if is_buyer else NOBODY


def show_order(
    request: HttpRequest,
    order: Order,
    token: str,
    *,
    remark: str = "",
    status: int = 200,
    template: str = "storefront/checkout/tracking.html",
) -> HttpResponse:
    """Render an order for its buyer, on the page of its link or on one of the account."""
    attempts = list(order.payments.order_by("pk"))
    payment = deciding_payment(attempts=attempts)
    stories = tell_parcels(order)
    due_vnd = sum(story.parcel.total_vnd for story in stories if not is_without_price(parcel=story.parcel))
    discount_vnd = sum(story.parcel.discount_vnd for story in stories)
    is_over = order.status in {Order.Status.CANCELLED, Order.Status.EXPIRED, Order.Status.REFUNDED}
    text, kind, icon = payment_pill(payment)
    refunds = list(order.refunds.select_related("parcel").order_by("pk"))
    asks_account = any(
        refund.status != Refund.Status.SUCCEEDED and not refund.is_called_off for refund in refunds
    ) and wants_account(order=order)
    context = {
        "order": order,
        "token": token,
        "parcels": stories,
        "masked_phone": mask_phone(order.buyer_phone),
        "goods_vnd": order.total_incl_tax - order.shipping_incl_tax + discount_vnd,
        "discount_vnd": discount_vnd,
        "voucher_code": code_of_order(order_id=order.pk) if discount_vnd else "",
        "payment": payment,
        "has_receipt": any(attempt.captured_vnd for attempt in attempts),
        "is_reduced": due_vnd != order.total_incl_tax and not is_over,
        "due_vnd": due_vnd,
        "has_expired": order.status == Order.Status.EXPIRED,
        "can_buy_again": order.status not in {Order.Status.AWAITING_PAYMENT, Order.Status.AWAITING_APPROVAL},
        "is_to_be_paid": order.status == Order.Status.AWAITING_PAYMENT,
        "refunds": refunds,
        "asks_account": asks_account,
        "account": account_of_order(order_id=order.pk) if asks_account else None,
        "payment_text": text,
        "payment_kind": kind,
        "payment_icon": icon,
        "remark": remark,
        "is_mine": order.user_id is not None and order.user_id == request.user.pk,
        "invoice": OrderInvoice.objects.filter(order=order).first(),
        "terms": versions_accepted(terms=order.accepted_terms),
        "can_change_invoice": can_change_invoice(order=order),
    }
    return render(request, template, context, status=status)

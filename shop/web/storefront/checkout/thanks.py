"""/thanh-toan/cam-on/: what was ordered, what comes next, and the link to keep."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from shop.access.declare import EVERYBODY, access
from shop.domain.vouchers.queries import code_of_order
from shop.oscar_forks.order.models import Order
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .parcel_story import tell_parcels
from .private_page import secret_page


@access(roles=EVERYBODY, methods=("GET",), owner="order.link")
@secret_page()
def thank_you(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """The same page for every press of the order button."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    if order.status == Order.Status.AWAITING_PAYMENT:
        return HttpResponseRedirect(reverse("storefront:pay_order", args=[number, token]), status=303)
    stories = tell_parcels(order)
    discount_vnd = sum(story.parcel.discount_vnd for story in stories)
    context = {
        "order": order,
        "token": token,
        "parcels": stories,
        "discount_vnd": discount_vnd,
        "voucher_code": code_of_order(order_id=order.pk) if discount_vnd else "",
    }
    return render(request, "storefront/checkout/thank_you.html", context)

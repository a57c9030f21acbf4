"""/tai-khoan/don-hang/: a person's orders with their parcels; each opens without its secret link, for its owner only."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import PEOPLE, access
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.queries import find_own_orders
from shop.domain.parcels.models import Parcel
from shop.oscar_forks.order.models import Order
from shop.web.storefront.checkout.presenting import producer_name
from shop.web.storefront.checkout.private_page import private_page
from shop.web.storefront.checkout.tracking import show_order
from shop.web.storefront.checkout.words import PARCEL_PILLS

PER_PAGE = 10
LONGEST_WORDS = 100


@dataclass(frozen=True)
class OrderRow:
    """One order of the list: its parcels in words."""

    order: Order
    parcels: list[dict[str, Any]]


@access(roles=PEOPLE)
@private_page
def order_list(request: HttpRequest) -> HttpResponse:
    """The orders, newest first, searched by number, product or producer."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS]
    found = find_own_orders(user_id=request.user.pk, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    rows = [OrderRow(order, [_parcel(parcel) for parcel in order.parcels.all()]) for order in page.object_list]
    return render(request, "account/orders.html", {"rows": rows, "page": page, "words": words})


@access(roles=PEOPLE, owner="order.user")
@private_page
def own_order(request: HttpRequest, number: str) -> HttpResponse:
    """One order: what the secret link shows, and what only an account can do with it."""
    order = own_order_or_404(request, number)
    return show_order(request, order, tracking_token(order), template="account/order.html")


def own_order_or_404(request: HttpRequest, number: str) -> Order:
    """Return the person's order; another's is as if it were not there."""
    order = Order.objects.select_related("invoice").filter(user_id=request.user.pk, number=number.replace("\x00", "")).first()
    if order is None:
        raise Http404
    return order


def _parcel(parcel: Parcel) -> dict[str, Any]:
    text, kind, icon = PARCEL_PILLS[Parcel.Status(parcel.status)]
    return {
        "producer": producer_name(parcel.producer.profile),
        "text": text,
        "kind": kind,
        "icon": icon,
        "lines": [line.title for line in parcel.lines.all()],
    }

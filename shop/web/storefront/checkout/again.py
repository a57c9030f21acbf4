"""/don-hang/<number>/<token>/mua-lai/: the goods of an order once more, for whoever holds its link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.ordering.reordering import order_again_by_link
from shop.oscar_forks.basket.models import Basket
from shop.web.storefront.errors import too_many_requests

from ..declared_age import has_declared
from .again_showing import show_again
from .order_access import TooManyWrongLinks, open_order
from .private_page import HOST_ONLY, secret_page

DONE = "xong"


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="order.link")
@secret_page(tells=HOST_ONLY)
def order_again(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Say what can be bought again at today's prices and what cannot; the button puts it into the basket, once."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    today, is_adult = clock.today(), has_declared(request)
    if request.method == "POST":
        owner_id = request.user.pk if request.user.is_authenticated else None
        into = {"owner_id": owner_id, "basket_id": request.basket.pk}
        request.basket = Basket(pk=order_again_by_link(order_id=order.pk, **into, today=today, is_adult=is_adult))
        path = reverse("storefront:order_again_by_link", args=[number, token])
        return HttpResponseRedirect(f"{path}?{DONE}=1", status=303)
    is_done = DONE in request.GET
    shown = show_again(order=order, basket_id=request.basket.pk, is_done=is_done, today=today, is_adult=is_adult)
    back = reverse("storefront:order_tracking", args=[number, token])
    return render(request, "storefront/checkout/order_again.html", {**shown, "back_url": back})

"""/tai-khoan/don-hang/<number>/mua-lai/: an order once more, and plainly what of it cannot be bought."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from shop.access.declare import PEOPLE, access
from shop.common import clock
from shop.domain.ordering.reordering import order_again
from shop.web.storefront.checkout.again_showing import show_again
from shop.web.storefront.checkout.private_page import private_page
from shop.web.storefront.declared_age import has_declared

from .orders import own_order_or_404

DONE = "xong"


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",), owner="order.user")
@private_page
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Say line by line what can be bought again; the button puts it into the basket, twice is as good as once."""
    order = own_order_or_404(request, number)
    path = reverse("storefront:order_again", args=[order.number])
    today, is_adult = clock.today(), has_declared(request)
    if request.method == "POST":
        order_again(order_id=order.pk, owner_id=request.user.pk, today=today, is_adult=is_adult)
        return HttpResponseRedirect(f"{path}?{DONE}=1", status=303)
    is_done = DONE in request.GET
    shown = show_again(order=order, basket_id=request.basket.pk, is_done=is_done, today=today, is_adult=is_adult)
    back = reverse("storefront:own_order", args=[order.number])
    return render(request, "account/order_again.html", {**shown, "back_url": back})

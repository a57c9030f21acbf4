"""/don-hang/<number>/<token>/da-nhan/<parcel>/: the buyer says that a parcel arrived."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.common.promises import RETURN_WINDOW_DAYS
from shop.domain.ordering.fulfilling import deliver_parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .parcel_story import tell_parcels
from .private_page import HOST_ONLY, secret_page
from .tracking import acting_buyer, show_order

CONFLICT = 409


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="order.link")
@secret_page(tells=HOST_ONLY)
def receive(request: HttpRequest, number: str, token: str, parcel: int) -> HttpResponse:
    """Ask once, then note the parcel as delivered; from here the days for a return are counted."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    story = next((story for story in tell_parcels(order) if story.parcel.pk == parcel), None)
    if story is None:
        raise Http404
    if request.method != "POST":
        context = {"order": order, "token": token, "story": story, "return_days": RETURN_WINDOW_DAYS}
        return render(request, "storefront/checkout/receive.html", context)
    try:
        deliver_parcel(parcel_id=parcel, actor=acting_buyer(request, order), now=clock.now())
    except IllegalTransition:
        return show_order(request, order, token, remark=_("Kiện này chưa được gửi hoặc đã dừng."), status=CONFLICT)
    return HttpResponseRedirect(reverse("storefront:order_tracking", args=[number, token]), status=303)

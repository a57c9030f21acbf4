"""/don-hang/<number>/<token>/tai-khoan-hoan-tien/: where the buyer wants money that no provider gives back by itself."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.ordering.refund_accounts import Whereto, account_of_order, declare_refund_account, wants_account
from shop.domain.payouts.account_form import AccountForm
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .private_page import HOST_ONLY, secret_page
from .tracking import acting_buyer

UNPROCESSABLE = 422


HOLDER_HELP = _("Như ngân hàng ghi, ví dụ LE MINH CHAU.")


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="order.link")
@secret_page(tells=HOST_ONLY)
def refund_account(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """The form; what stands there already shows its end only, and typing it anew replaces it."""
    try:
        order = open_order(request, number=number, token=token)
    except TooManyWrongLinks:
        return too_many_requests(request)
    if not wants_account(order=order):
        raise Http404
    form = AccountForm(request.POST or None, holder_help=HOLDER_HELP)
    if request.method == "POST" and form.is_valid():
        actor, whereto = acting_buyer(request, order), Whereto(**form.cleaned_data)
        declare_refund_account(order_id=order.pk, whereto=whereto, actor=actor, now=clock.now())
        return HttpResponseRedirect(reverse("storefront:refund_account", args=[number, token]), status=303)
    account = account_of_order(order_id=order.pk)
    context = {"order": order, "token": token, "form": form, "account": account}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "storefront/checkout/refund_account.html", context, status=status)

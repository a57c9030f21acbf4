"""/don-hang/<number>/<token>/tai-khoan-hoan-tien/: where the buyer wants money that no provider gives back by itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.ordering.refund_accounts import (
    NotAHolder,
    NotANumber,
    Whereto,
    account_of_order,
    declare_refund_account,
    wants_account,
)
from shop.domain.payouts.banks import BANKS
from shop.domain.payouts.declaring import read_holder, read_number
from shop.web.storefront.errors import too_many_requests

from .order_access import TooManyWrongLinks, open_order
from .private_page import HOST_ONLY, secret_page
from .tracking import acting_buyer

UNPROCESSABLE = 422


class RefundAccountForm(forms.Form):
    """A bank, a number, a name, as people type them."""

    bank_bin = forms.ChoiceField(
        label=_("Ngân hàng"),
        choices=[("", _("Chọn ngân hàng")), *sorted(BANKS.items(), key=lambda bank: bank[1].lower())],
        error_messages={"required": _("Hãy chọn ngân hàng."), "invalid_choice": _("Hãy chọn ngân hàng.")},
    )
    account_number = forms.CharField(
        label=_("Số tài khoản"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Hãy ghi số tài khoản.")},
    )
    holder = forms.CharField(
        label=_("Tên chủ tài khoản"),
        help_text=_("Như ngân hàng ghi, ví dụ LE MINH CHAU."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "name"}),
        error_messages={"required": _("Hãy ghi tên chủ tài khoản.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_account_number(self) -> str:
        try:
            return read_number(self.cleaned_data["account_number"])
        except NotANumber:
            raise ValidationError(_("Số tài khoản có từ 6 đến 19 chữ số.")) from None

    def clean_holder(self) -> str:
        try:
            return read_holder(self.cleaned_data["holder"])
        except NotAHolder:
            raise ValidationError(_("Tên chỉ gồm chữ cái, chữ số và dấu cách, như ngân hàng ghi.")) from None


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
    form = RefundAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, whereto = acting_buyer(request, order), Whereto(**form.cleaned_data)
        declare_refund_account(order_id=order.pk, whereto=whereto, actor=actor, now=clock.now())
        return HttpResponseRedirect(reverse("storefront:refund_account", args=[number, token]), status=303)
    account = account_of_order(order_id=order.pk)
    context = {"order": order, "token": token, "form": form, "account": account}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "storefront/checkout/refund_account.html", context, status=status)

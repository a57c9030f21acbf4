"""The order form: who gets it, where, and how it is paid. Shipping choices are read beside it, one per parcel."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_phone
from shop.common.places.place_form import PlaceForm
from shop.common.vietnamese import normalise
from shop.domain.ordering.requesting import OrderRequest
from shop.domain.payments.registry import offered_methods
from shop.domain.people.address_book import AddressEntry
from shop.domain.vouchers.codes import LONGEST_TYPED

from .invoice_form import InvoiceChoice
from .words import payment_name

# Changing these asks the server for communes, shipping and totals; the button beside them does it without scripts.
# Only what depends on the choice is exchanged: whatever is typed while the answer is on its way stays.
REFRESHES = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"action": "refresh"}',
    "hx-select": "#phi-giao",
    "hx-target": "#phi-giao",
    "hx-swap": "outerHTML",
    "hx-select-oob": "#tom-tat,#ve",
}
REFRESHES_COMMUNES = {**REFRESHES, "hx-select-oob": "#tom-tat,#ve,#chon-xa"}


def _methods() -> list[tuple[str, Any]]:
    return [(method, payment_name(method)) for method in offered_methods()]


class CheckoutForm(InvoiceChoice, PlaceForm):
    """Bound when the order button was pressed, unbound (with `initial`) while the buyer is still choosing."""

    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=255,
        error_messages={"required": _("Cho biết họ tên người nhận")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=32,
        error_messages={"required": _("Cần số điện thoại để người giao hàng gọi, ví dụ 0912 345 678")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    email = forms.EmailField(
        label=_("Email"),
        help_text=_("Để nhận xác nhận và đường dẫn theo dõi đơn"),
        error_messages={
            "required": _("Cần email để gửi xác nhận đơn"),
            "invalid": _("Email chưa đúng, ví dụ ten@example.vn"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    note = forms.CharField(label=_("Ghi chú cho người giao (không bắt buộc)"), required=False, max_length=500)
    # Never ticked beforehand.
    save_address = forms.BooleanField(label=_("Lưu địa chỉ này vào sổ địa chỉ"), required=False)
    # Never ticked beforehand; the page asks only where there is alcohol.
    adult = forms.BooleanField(label=_("Tôi khai rằng mình đã đủ 18 tuổi"), required=False)
    phone_code = forms.CharField(
        label=_("Mã xác nhận số điện thoại"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    # Judged beside the form (`voucher`): what is wrong with it depends on the basket.
    voucher = forms.CharField(label=_("Mã giảm giá"), required=False, max_length=LONGEST_TYPED)
    payment = forms.ChoiceField(choices=_methods, initial="cod")

    def __init__(self, *args: Any, may_save_address: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, may_save=may_save_address, **kwargs)
        # Until an SMS channel is configured an e-mail is the only way to reach a guest.
        if settings.SMS_URL:
            self.fields["email"].required = False
            self.fields["email"].label = _("Email (không bắt buộc)")
        if not may_save_address:
            del self.fields["save_address"]
        self.fields["province"].widget.attrs |= REFRESHES_COMMUNES
        self.fields["commune"].widget.attrs |= REFRESHES
        self.order_fields(["name", "phone", "email"])

    def clean_name(self) -> str:
        return normalise(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"])

    def request_for(self, *, user_id: int | None, services: Mapping[int, str], network_key: str) -> OrderRequest:
        """Return what a valid form asks for."""
        values = self.cleaned_data
        return OrderRequest(
            buyer_name=values["name"],
            buyer_phone=values["phone"],
            buyer_email=values["email"],
            user_id=user_id,
            language="en" if (get_language() or "").startswith("en") else "vi",
            commune_code=values["commune"],
            street=values["street"],
            note=values["note"],
            services=services,
            payment_method=values["payment"],
            phone_code=values["phone_code"],
            declares_adult=values["adult"],
            voucher_code=values["voucher"],
            network_key=network_key,
            invoice=self.invoice_details(),
        )

    def address_entry(self) -> AddressEntry:
        """Return where a valid form sends the order, as a line of an address book."""
        values = self.cleaned_data
        return AddressEntry(
            name=values["name"],
            phone=values["phone"],
            commune_code=values["commune"],
            street=values["street"],
            note=values["note"],
        )

"""The order form: who gets it, where, and how it is paid. Shipping choices are read beside it, one per parcel."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_phone
from shop.common.places.choices import communes_of, provinces_by_name
from shop.common.places.models import Commune
from shop.common.vietnamese import normalise
from shop.domain.ordering.requesting import OrderRequest
from shop.domain.payments.registry import PROVIDERS

from .words import PAYMENT_NAMES

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


class CheckoutForm(forms.Form):
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
    province = forms.ChoiceField(
        label=_("Tỉnh, thành phố"),
        error_messages={"required": _("Chọn tỉnh, thành phố"), "invalid_choice": _("Chọn tỉnh, thành phố")},
        widget=forms.Select(attrs={"autocomplete": "address-level1", **REFRESHES_COMMUNES}),
    )
    commune = forms.ChoiceField(
        label=_("Phường, xã, đặc khu"),
        error_messages={"required": _("Chọn phường, xã hoặc đặc khu"), "invalid_choice": _("Xã này không thuộc tỉnh đã chọn")},
        widget=forms.Select(attrs={"autocomplete": "address-level2", **REFRESHES}),
    )
    former = forms.CharField(
        label=_("Địa chỉ theo tên cũ"),
        required=False,
        max_length=255,
        help_text=_("Ví dụ: thị trấn Dương Đông, huyện Phú Quốc, Kiên Giang"),
    )
    street = forms.CharField(
        label=_("Số nhà, đường, thôn"),
        max_length=255,
        error_messages={"required": _("Cho biết số nhà, đường hoặc thôn")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    note = forms.CharField(label=_("Ghi chú cho người giao (không bắt buộc)"), required=False, max_length=500)
    payment = forms.ChoiceField(choices=[(method, PAYMENT_NAMES[method]) for method in PROVIDERS], initial="cod")

    def __init__(self, *args: Any, communes: Sequence[Commune] = (), **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        # Until an SMS channel is configured an e-mail is the only way to reach a guest.
        if settings.SMS_URL:
            self.fields["email"].required = False
            self.fields["email"].label = _("Email (không bắt buộc)")
        self.fields["province"].choices = [
            ("", _("Chọn tỉnh, thành phố")),
            *((province.code, province.local_name) for province in provinces_by_name()),
        ]
        self.fields["commune"].choices = [("", _("Chọn phường, xã, đặc khu")), *self._commune_choices(communes)]

    def clean_name(self) -> str:
        return normalise(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return normalise_phone(self.cleaned_data["phone"])

    def clean_street(self) -> str:
        return normalise(self.cleaned_data["street"])

    @property
    def has_communes(self) -> bool:
        """Whether a province is chosen, so that its communes can be."""
        return len(self.fields["commune"].choices) > 1

    def request_for(self, *, user_id: int | None, services: Mapping[int, str]) -> OrderRequest:
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
        )

    def _commune_choices(self, communes: Sequence[Commune]) -> list[tuple[str, str]]:
        if communes:
            return [(commune.pk, f"{commune.full_name}, {commune.province.local_name}") for commune in communes]
        values = self.data if self.is_bound else self.initial
        return [(choice.code, choice.name) for choice in communes_of(values.get("province", ""))]

"""What the desk's people type."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.vietnamese import fold
from shop.domain.listings.price_edit import HIGHEST_PRICE_VND
from shop.domain.parcels.models import OWN_DELIVERY

# Prices are written with dots or commas between thousands; đồng have no fraction.
SEPARATORS = str.maketrans("", "", "., \u00a0₫đ")
MOST_UNITS = 1_000_000
TYPED_OWN = frozenset({OWN_DELIVERY, "tu giao", "tu giao hang"})


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do từ chối"),
        help_text=_("Khách sẽ đọc câu này trong thư."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy viết lý do: khách cần biết vì sao đơn không được giao.")},
    )


class ShipForm(forms.Form):
    """By a carrier, or by the producer's own people; who brings it also says who holds the cash."""

    by = forms.ChoiceField(
        label=_("Ai giao kiện này"),
        required=False,
        choices=[("", _("Hãng vận chuyển")), (OWN_DELIVERY, _("Tự giao: người của mình mang đến"))],
        widget=forms.RadioSelect,
        initial="",
    )
    carrier = forms.CharField(
        label=_("Hãng vận chuyển"),
        help_text=_("Bỏ trống khi tự giao."),
        required=False,
        max_length=64,
    )
    tracking_number = forms.CharField(
        label=_("Mã vận đơn"),
        help_text=_("Tự giao: ghi số điện thoại người giao."),
        max_length=64,
        error_messages={"required": _("Hãy ghi mã vận đơn để khách theo dõi được.")},
    )

    def clean(self) -> dict[str, Any]:
        """A typed «Tự giao» is the choice of it: who holds the cash must not hang on a spelling."""
        values = super().clean()
        carrier = values.get("carrier", "")
        if values.pop("by", "") == OWN_DELIVERY or fold(carrier) in TYPED_OWN:
            values["carrier"] = OWN_DELIVERY
        elif not carrier:
            self.add_error("carrier", _("Hãy ghi hãng vận chuyển, hoặc chọn «Tự giao»."))
        return values


class WholeNumberField(forms.IntegerField):
    """A whole number as people write it: 185.000, 185,000 or 185 000."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.translate(SEPARATORS) if isinstance(value, str) else value)


class PackForm(forms.Form):
    """Price and counted stock of one pack; `was` is the stock the form was made from."""

    was_required: ClassVar = {"required": _("Hãy tải lại trang rồi thử lại.")}
    price_vnd = WholeNumberField(
        label=_("Giá bán (₫, đã gồm VAT)"),
        min_value=1,
        max_value=HIGHEST_PRICE_VND,
        error_messages={
            "required": _("Hãy ghi giá."),
            "invalid": _("Giá là số đồng nguyên, ví dụ 185.000."),
            "min_value": _("Giá phải lớn hơn 0 ₫."),
            "max_value": _("Giá quá lớn, hãy xem lại số 0."),
        },
    )
    on_hand = WholeNumberField(
        label=_("Tồn kho"),
        min_value=0,
        max_value=MOST_UNITS,
        error_messages={
            "required": _("Hãy ghi số tồn."),
            "invalid": _("Tồn kho là số nguyên, ví dụ 86."),
            "min_value": _("Tồn kho không thể nhỏ hơn 0."),
            "max_value": _("Tồn kho quá lớn, hãy xem lại số 0."),
        },
    )
    was = forms.IntegerField(widget=forms.HiddenInput, min_value=0, error_messages=was_required)

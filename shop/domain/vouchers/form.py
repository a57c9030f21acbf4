"""What somebody types about a voucher, at either desk: the desks do not know one another, so it stands with the vouchers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .making import Flaw, VoucherWanted
from .models import LONGEST_CODE, MOST_PERCENT, Voucher
from .words import flaw_words

# Amounts are written with dots, commas or spaces between thousands; đồng have no fraction.
SEPARATORS = str.maketrans("", "", "., \u00a0₫đ%")
HIGHEST_VND = 100_000_000
MOST_USES = 1_000_000
# A voucher is not planned further ahead.
LAST_YEAR = 2100


class NumberField(forms.IntegerField):
    """A whole number as people write it: 50.000, 50,000 or 50 000."""

    widget = forms.TextInput

    def __init__(self, *, most: int, **more: Any) -> None:
        texts = {
            "invalid": _("Ghi một số nguyên, ví dụ 50.000."),
            "min_value": _("Không ghi số âm."),
            "max_value": _("Số lớn quá: nhiều nhất %(limit_value)s."),
        }
        super().__init__(required=False, min_value=0, max_value=most, error_messages=texts, **more)
        self.widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 16, "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """Read the digits, whatever stands between them."""
        return super().to_python(value.translate(SEPARATORS) if isinstance(value, str) else value)


class DayField(forms.DateField):
    """A day of the calendar in Vietnam."""

    def __init__(self, **more: Any) -> None:
        texts = {"required": _("Hãy chọn ngày."), "invalid": _("Ngày chưa đúng, ví dụ 24/11/2026.")}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=texts, **more)

    def clean(self, value: Any) -> date | None:
        """Refuse a year that is a slip of the pen."""
        day: date | None = super().clean(value)
        if day is not None and day.year > LAST_YEAR:
            raise ValidationError(_("Năm xa quá."))
        return day


class VoucherForm(forms.Form):
    """The terms of a voucher; a desk adds whose goods it is for, in fields called `producer` and `products`."""

    code = forms.CharField(
        label=_("Mã"),
        help_text=_("Khách gõ mã này khi đặt hàng; chữ hoa hay thường, có dấu hay không đều được."),
        max_length=LONGEST_CODE + 8,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("Tên gọi"), help_text=_("Khách đọc tên này cạnh số tiền được giảm."), max_length=120, required=False
    )
    amount_vnd = NumberField(label=_("Giảm một số tiền, đồng"), help_text=_("Hoặc ghi phần trăm ở ô kế tiếp."), most=HIGHEST_VND)
    percent = NumberField(label=_("Giảm phần trăm"), help_text=_("Nhiều nhất một nửa giá hàng."), most=MOST_PERCENT)
    cap_vnd = NumberField(
        label=_("Với phần trăm: giảm nhiều nhất, đồng"), help_text=_("Bỏ trống là không giới hạn."), most=HIGHEST_VND
    )
    minimum_goods_vnd = NumberField(
        label=_("Tiền hàng ít nhất, đồng"), help_text=_("Của hàng được áp dụng, không tính phí giao."), most=HIGHEST_VND
    )
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"), help_text=_("Giờ Việt Nam, tính cả ngày này."))
    limit_total = NumberField(label=_("Số lượt trong tất cả"), help_text=_("Bỏ trống là không giới hạn."), most=MOST_USES)
    limit_per_buyer = NumberField(
        label=_("Số lượt mỗi người mua"),
        help_text=_("Theo tài khoản; khách vãng lai xác nhận số điện thoại. Bỏ trống là không giới hạn."),
        most=MOST_USES,
    )
    scope = forms.ChoiceField(label=_("Áp dụng cho"), widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("Nhóm hàng"), required=False)

    def __init__(self, *args: Any, scopes: Sequence[tuple[str, Any]], categories: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, label_suffix="", **more)
        self.fields["scope"].choices = list(scopes)
        self.fields["category"].choices = [("", _("Chọn nhóm hàng")), *categories]

    def clean_category(self) -> int | None:
        """The number of the chosen category."""
        chosen = self.cleaned_data["category"]
        return int(chosen) if chosen else None

    def wanted_with(self, **whose: Any) -> VoucherWanted:
        """The voucher as it was asked for, as far as it could be read; `whose` says who gives it and for whose goods."""
        data = self.cleaned_data
        starts_on = data.get("starts_on") or data.get("ends_on") or date.max
        return VoucherWanted(
            code=data.get("code", ""),
            name=data.get("name", ""),
            starts_on=starts_on,
            ends_on=data.get("ends_on") or starts_on,
            minimum_goods_vnd=data.get("minimum_goods_vnd") or 0,
            scope=data.get("scope", ""),
            category_id=data.get("category"),
            **{name: data.get(name) for name in ("amount_vnd", "percent", "cap_vnd", "limit_total", "limit_per_buyer")},
            **whose,
        )

    def tell(self, flaws: Mapping[str, Flaw]) -> None:
        """Put what is wrong beside its field, unless the field could not even be read."""
        unread = set(self.errors) | ({"amount_vnd"} if "percent" in self.errors else set())
        for field, flaw in flaws.items():
            if field not in unread:
                self.add_error(field if field in self.fields else None, flaw_words(flaw))


def initial_of(voucher: Voucher) -> dict[str, Any]:
    """What a form is filled with when a voucher is edited."""
    names = ("code", "name", "amount_vnd", "percent", "cap_vnd", "minimum_goods_vnd", "starts_on", "ends_on")
    values = {name: getattr(voucher, name) for name in (*names, "limit_total", "limit_per_buyer", "scope")}
    return values | {"category": voucher.category_id or ""}

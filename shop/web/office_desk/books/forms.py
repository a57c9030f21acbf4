"""What an officer types about commissions and taxes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.domain.ledger.changing_vat import ChangeWanted
from shop.domain.ledger.models.rates import MOST_COMMISSION_PERCENT, MOST_TAX_PERCENT, CommissionRule
from shop.domain.ledger.setting_rules import RuleWanted
from shop.domain.ledger.setting_taxes import RateWanted

from .finding import AmbiguousName, NothingFound, find_category, find_producer, find_product
from .words import ACTIVITIES, LEGAL_FORMS, SCOPES, VAT_CLASSES

# A shop that sells for years from now is not planned here.
LAST_YEAR = 2100


class PercentField(forms.DecimalField):
    """A percent as people write it: 2,5 or 2.5, with or without the sign."""

    def __init__(self, *, most: int, **more: Any) -> None:
        texts = {
            "required": _("Hãy ghi phần trăm; không thu thì ghi 0."),
            "invalid": _("Phần trăm chưa đúng, ví dụ 2,5."),
            "min_value": _("Phần trăm không nhỏ hơn 0."),
            "max_value": _("Phần trăm lớn quá: nhiều nhất %(limit_value)s."),
            "max_decimal_places": _("Nhiều nhất hai chữ số sau dấu phẩy."),
        }
        super().__init__(min_value=Decimal(0), max_value=Decimal(most), decimal_places=2, error_messages=texts, **more)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 8})

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").replace("%", "").replace(",", ".").strip()
        return super().to_python(text)


class DayField(forms.DateField):
    """A day of the calendar."""

    def __init__(self, **more: Any) -> None:
        texts = {"required": _("Hãy chọn ngày."), "invalid": _("Ngày chưa đúng, ví dụ 24/11/2026.")}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=texts, **more)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and day.year > LAST_YEAR:
            raise ValidationError(_("Năm xa quá."))
        return day


class RuleForm(forms.Form):
    """A commission rule; what does not belong to the chosen kind is left aside."""

    scope = forms.ChoiceField(label=_("Áp dụng cho"), choices=list(SCOPES.items()), widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Tên chương trình"), help_text=_("Bắt buộc với chương trình có thời hạn."), max_length=120, required=False
    )
    producer = forms.CharField(
        label=_("Chủ thể"), help_text=_("Số của chủ thể, hoặc tên đầy đủ."), max_length=255, required=False
    )
    category = forms.ChoiceField(label=_("Nhóm hàng"), required=False)
    product = forms.CharField(label=_("Sản phẩm"), help_text=_("Mã UPC hoặc số của sản phẩm."), max_length=64, required=False)
    percent = PercentField(
        label=_("Phí sàn, %"),
        help_text=_("Tính trên tiền hàng gồm VAT, không tính phí vận chuyển."),
        most=MOST_COMMISSION_PERCENT,
    )
    starts_on = DayField(label=_("Từ ngày"), help_text=_("Hôm nay hoặc một ngày sau. Đơn đã đặt giữ phí cũ."))
    ends_on = DayField(
        label=_("Đến hết ngày"), help_text=_("Bắt buộc với chương trình; bỏ trống là không có hạn."), required=False
    )

    def __init__(self, *args: Any, categories: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["category"].choices = [("", _("Chọn nhóm hàng")), *categories]

    def clean_producer(self) -> int | None:
        return _found(find_producer, self.cleaned_data["producer"])

    def clean_category(self) -> int | None:
        return _found(find_category, self.cleaned_data["category"])

    def clean_product(self) -> int | None:
        return _found(find_product, self.cleaned_data["product"])

    @property
    def wanted(self) -> RuleWanted:
        """The rule as it was asked for."""
        data = self.cleaned_data
        return RuleWanted(
            scope=CommissionRule.Scope(data["scope"]),
            percent=data["percent"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            name=data["name"],
            producer_id=data["producer"],
            category_id=data["category"],
            product_id=data["product"],
        )


class EndForm(forms.Form):
    """The last day of a rule."""

    last_day = DayField(label=_("Ngày cuối cùng áp dụng"), help_text=_("Hôm nay là sớm nhất; tính cả ngày này."))


class TaxForm(forms.Form):
    """A rate of tax withheld, with the law it comes from."""

    legal_form = forms.ChoiceField(label=_("Người bán"), choices=list(LEGAL_FORMS.items()))
    activity = forms.ChoiceField(label=_("Doanh thu"), choices=list(ACTIVITIES.items()))
    vat_percent = PercentField(label=_("Thuế GTGT, %"), most=MOST_TAX_PERCENT)
    income_tax_percent = PercentField(label=_("Thuế TNCN, %"), most=MOST_TAX_PERCENT)
    starts_on = DayField(label=_("Từ ngày"), help_text=_("Từ ngày này thay mức trước. Hôm nay hoặc một ngày sau."))
    source = forms.CharField(
        label=_("Căn cứ pháp lý"),
        help_text=_("Số văn bản, ngày hiệu lực, điều khoản."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi căn cứ pháp lý: không có luật thì không khấu trừ.")},
    )

    @property
    def wanted(self) -> RateWanted:
        """The rate as it was asked for."""
        return RateWanted(**self.cleaned_data)


class VatForm(forms.Form):
    """Goods that change their VAT class on a day: a product, or all goods of a class."""

    product = forms.CharField(
        label=_("Sản phẩm"), help_text=_("Mã UPC hoặc số của sản phẩm; bỏ trống khi đổi cả loại."), max_length=64, required=False
    )
    from_class = forms.ChoiceField(label=_("Hoặc mọi hàng đang ở loại"), required=False)
    to_class = forms.ChoiceField(label=_("Loại thuế GTGT mới"), choices=list(VAT_CLASSES.items()))
    starts_on = DayField(label=_("Từ ngày"), help_text=_("Hôm nay hoặc một ngày sau. Đơn đã đặt giữ thuế cũ."))
    source = forms.CharField(
        label=_("Căn cứ pháp lý"),
        help_text=_("Số văn bản, ngày hiệu lực, điều khoản."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi căn cứ pháp lý.")},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["from_class"].choices = [("", _("Không đổi cả loại")), *VAT_CLASSES.items()]

    def clean_product(self) -> int | None:
        return _found(find_product, self.cleaned_data["product"])

    @property
    def wanted(self) -> ChangeWanted:
        """The change as it was asked for."""
        data = dict(self.cleaned_data)
        return ChangeWanted(product_id=data.pop("product"), **data)


def _found(find: Any, text: str) -> int | None:
    if not text.strip():
        return None
    try:
        found: int = find(text.strip())
    except NothingFound as nothing:
        raise ValidationError(_("Không tìm thấy. Hãy kiểm tra lại.")) from nothing
    except AmbiguousName as several:
        raise ValidationError(_("Có nhiều tên như vậy: hãy ghi số.")) from several
    return found

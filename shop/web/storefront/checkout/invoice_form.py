"""Whom an invoice is made out to, as a form asks for it: by itself, and as an optional part of the order form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shop.common.tax_code import normalise_tax_code
from shop.common.vietnamese import normalise
from shop.domain.invoices.details import InvoiceDetails, details_of
from shop.domain.invoices.models import InvoiceBuyer

NONE, NEW, KEPT = "", "new", "kept-"
# Names of the order form, in the order of `InvoiceForm`.
IN_ORDER_FORM = {
    "company_name": "invoice_company",
    "tax_code": "invoice_tax_code",
    "address": "invoice_address",
    "email": "invoice_email",
}
INVOICE_TEXTS = ("invoice", *IN_ORDER_FORM.values(), "save_invoice")


class InvoiceForm(forms.Form):
    """The four lines of an invoice's buyer."""

    company_name = forms.CharField(
        label=_("Tên công ty, đơn vị hoặc cá nhân"),
        max_length=255,
        error_messages={"required": _("Cho biết tên ghi trên hoá đơn")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    tax_code = forms.CharField(
        label=_("Mã số thuế"),
        max_length=20,
        help_text=_("10 số, 13 số cho chi nhánh, hoặc 12 số định danh cá nhân"),
        error_messages={"required": _("Cho biết mã số thuế")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    address = forms.CharField(
        label=_("Địa chỉ trên hoá đơn"), max_length=255, error_messages={"required": _("Cho biết địa chỉ ghi trên hoá đơn")}
    )
    email = forms.EmailField(
        label=_("E-mail nhận hoá đơn"),
        error_messages={
            "required": _("Cho biết e-mail nhận hoá đơn"),
            "invalid": _("Email chưa đúng, ví dụ ten@example.vn"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)

    def clean_company_name(self) -> str:
        return normalise(self.cleaned_data["company_name"])

    def clean_tax_code(self) -> str:
        return normalise_tax_code(self.cleaned_data["tax_code"])

    def clean_address(self) -> str:
        return normalise(self.cleaned_data["address"])

    def details(self) -> InvoiceDetails:
        """Return what a valid form says."""
        return InvoiceDetails(**self.cleaned_data)


class InvoiceChoice(forms.Form):
    """The part of the order form: no invoice, one of the kept buyers, or a new one; nothing is chosen beforehand."""

    invoice = forms.ChoiceField(label=_("Hoá đơn"), required=False, widget=forms.RadioSelect)
    save_invoice = forms.BooleanField(label=_("Lưu thông tin hoá đơn này vào tài khoản"), required=False)

    def __init__(self, *args: Any, kept_buyers: Sequence[InvoiceBuyer] = (), may_save: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_buyers = {f"{KEPT}{buyer.pk}": buyer for buyer in kept_buyers}
        for inner, name in IN_ORDER_FORM.items():
            field = InvoiceForm.base_fields[inner]
            self.fields[name] = forms.CharField(
                label=field.label, required=False, max_length=255, help_text=field.help_text, widget=field.widget
            )
        self.fields["invoice"].choices = [
            (NONE, _("Không cần hoá đơn riêng")),
            *((code, str(buyer)) for code, buyer in self.kept_buyers.items()),
            (NEW, _("Xuất cho thông tin dưới đây")),
        ]
        if not may_save:
            del self.fields["save_invoice"]

    @property
    def invoice_fields(self) -> list[forms.BoundField]:
        """The four lines, for the template."""
        return [self[name] for name in IN_ORDER_FORM.values()]

    @property
    def is_invoice_open(self) -> bool:
        """Whether something of this part is chosen, typed or wrong."""
        values = self.data if self.is_bound else self.initial
        return any(values.get(name) for name in INVOICE_TEXTS)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        typed = {inner: values.get(name, "") for inner, name in IN_ORDER_FORM.items()}
        if values.get("invoice") == NEW:
            self._check(typed)
        elif values.get("invoice") == NONE and any(typed.values()):
            self.add_error("invoice", gettext("Bạn đã điền thông tin hoá đơn: chọn xuất hoá đơn, hoặc xoá phần đã điền."))
        return values

    def invoice_details(self) -> InvoiceDetails | None:
        """Return whom a valid form wants its invoices made out to."""
        choice = self.cleaned_data.get("invoice", NONE)
        if choice in self.kept_buyers:
            return details_of(self.kept_buyers[choice])
        if choice != NEW:
            return None
        return InvoiceDetails(**{inner: self.cleaned_data[name] for inner, name in IN_ORDER_FORM.items()})

    def _check(self, typed: dict[str, str]) -> None:
        inner = InvoiceForm(typed)
        if inner.is_valid():
            self.cleaned_data |= {IN_ORDER_FORM[name]: value for name, value in inner.cleaned_data.items()}
        for name, errors in inner.errors.as_data().items():
            self.add_error(IN_ORDER_FORM[name], errors)

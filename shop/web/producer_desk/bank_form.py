"""Where a producer is paid and as what it is taxed, as its people type it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.domain.payouts.banks import BANKS
from shop.domain.payouts.declaring import (
    Declaration,
    NotAHolder,
    NotANumber,
    WrongTaxCode,
    read_holder,
    read_number,
    read_tax_code,
)
from shop.domain.producers.models import ProducerProfile

F = ProducerProfile.LegalForm
LEGAL_FORMS = [
    (F.COMPANY, _("Công ty")),
    (F.COOPERATIVE, _("Hợp tác xã")),
    (F.HOUSEHOLD, _("Hộ kinh doanh")),
    (F.INDIVIDUAL, _("Cá nhân")),
]


class BankAccountForm(forms.Form):
    bank_bin = forms.ChoiceField(
        label=_("Ngân hàng"),
        choices=[("", _("Chọn ngân hàng")), *sorted(BANKS.items(), key=lambda bank: bank[1].lower())],
        error_messages={"required": _("Hãy chọn ngân hàng.")},
    )
    account_number = forms.CharField(
        label=_("Số tài khoản"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Hãy ghi số tài khoản.")},
    )
    holder = forms.CharField(
        label=_("Tên chủ tài khoản"),
        help_text=_("Như trên sao kê ngân hàng, ví dụ HTX CHE TAN CUONG."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi tên chủ tài khoản.")},
    )
    legal_form = forms.ChoiceField(
        label=_("Loại hình"),
        help_text=_("Với hộ kinh doanh và cá nhân, sàn khấu trừ thuế và nộp thay theo luật."),
        choices=[("", _("Chọn loại hình")), *LEGAL_FORMS],
        error_messages={"required": _("Hãy chọn loại hình.")},
    )
    tax_code = forms.CharField(
        label=_("Mã số thuế"),
        help_text=_("10 chữ số; chi nhánh 13; hộ và cá nhân dùng số định danh 12 chữ số."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi mã số thuế.")},
    )

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

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("legal_form") and data.get("tax_code"):
            try:
                data["tax_code"] = read_tax_code(data["tax_code"], legal_form=data["legal_form"])
            except WrongTaxCode:
                self.add_error("tax_code", _("Mã số thuế này không phải của loại hình đã chọn."))
            except ValidationError as error:
                self.add_error("tax_code", error)
        return data

    @property
    def declaration(self) -> Declaration:
        """What was typed, ready to be declared."""
        return Declaration(**self.cleaned_data)

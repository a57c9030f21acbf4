"""Bank, number and holder of an account, as people type them: producers who are paid, buyers who get money back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .banks import BANKS
from .declaring import NotAHolder, NotANumber, read_holder, read_number


class AccountForm(forms.Form):
    """What every account has; a form of more fields begins with these."""

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
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi tên chủ tài khoản.")},
    )

    def __init__(self, *args: Any, holder_help: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["holder"].help_text = holder_help

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

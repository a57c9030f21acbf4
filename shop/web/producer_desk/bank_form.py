"""Where a producer is paid and as what it is taxed, as its people type it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.domain.payouts.account_form import AccountForm
from shop.domain.payouts.declaring import Declaration, WrongTaxCode, read_tax_code
from shop.domain.producers.models import ProducerProfile

F = ProducerProfile.LegalForm
LEGAL_FORMS = [
    (F.COMPANY, _("Công ty")),
    (F.COOPERATIVE, _("Hợp tác xã")),
    (F.HOUSEHOLD, _("Hộ kinh doanh")),
    (F.INDIVIDUAL, _("Cá nhân")),
]


class BankAccountForm(AccountForm):
    """The account with what decides about taxes."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, holder_help=_("Như trên sao kê ngân hàng, ví dụ HTX CHE TAN CUONG."), **kwargs)

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

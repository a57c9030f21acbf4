"""What an officer types about money."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_VND = 100_000_000_000
LARGEST_FILE = 5 * 1024 * 1024
GROUPED = re.compile(r"\d{1,3}([., ]\d{3})+|\d+")


class MatchForm(forms.Form):
    """Whose money a transfer is."""

    order_number = forms.CharField(
        label=_("Số đơn hàng"),
        help_text=_("Ví dụ OC-7K2M9QXD."),
        max_length=32,
        error_messages={"required": _("Hãy ghi số đơn hàng.")},
    )


class BankReferenceForm(forms.Form):
    """The bank's number of what was sent there."""

    bank_reference = forms.CharField(
        label=_("Số giao dịch của ngân hàng"),
        help_text=_("Số của lệnh chuyển tiền bạn vừa thực hiện."),
        max_length=64,
        error_messages={"required": _("Hãy ghi số giao dịch của ngân hàng.")},
    )


class NoteForm(forms.Form):
    """What was found and done."""

    note = forms.CharField(
        label=_("Ghi chú"),
        help_text=_("Nằm trong nhật ký."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi điều đã xem xét.")},
    )


class CallOffForm(forms.Form):
    """Why a refund is not sent."""

    reason = forms.CharField(
        label=_("Vì sao không hoàn nữa"),
        help_text=_("Nằm trong nhật ký. Ví dụ: ngân hàng đã trả người mua khoản này theo khiếu nại."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class AmountField(forms.Field):
    """Whole đồng as people write them: 1.250.000 or 1250000."""

    def __init__(self, **more: Any) -> None:
        texts = {"required": _("Hãy ghi số tiền."), "invalid": _("Số tiền là số đồng nguyên, ví dụ 1.250.000.")}
        widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 20})
        super().__init__(widget=widget, error_messages=texts, **more)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").replace("₫", "").replace("đ", "").strip()
        if not text:
            return None
        if not (text.isascii() and GROUPED.fullmatch(text)):
            raise ValidationError(self.error_messages["invalid"])
        amount = int(re.sub(r"\D", "", text))
        if not 0 < amount <= MOST_VND:
            raise ValidationError(self.error_messages["invalid"])
        return amount


class SurplusForm(BankReferenceForm):
    """What of a transfer was sent back: all that is held of it and nothing else."""

    amount_vnd = AmountField(label=_("Số tiền đã chuyển trả"))
    field_order = ("amount_vnd", "bank_reference")


class HandInForm(forms.Form):
    """Cash a carrier brought to the bank."""

    amount_vnd = AmountField(label=_("Số tiền đã nộp"))
    slip = forms.CharField(
        label=_("Số phiếu nộp hoặc số giao dịch"),
        help_text=_("Mỗi phiếu ghi một lần."),
        max_length=64,
        error_messages={"required": _("Hãy ghi số phiếu nộp.")},
    )


class StatementForm(forms.Form):
    """A bank's statement."""

    file = forms.FileField(
        label=_("Tệp sao kê"),
        help_text=_("xlsx, xls, ods hoặc csv, tối đa 5 MB và 2.000 dòng tiền vào."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={
            "required": _("Hãy chọn tệp sao kê."),
            "invalid": _("Trình duyệt gửi tệp không đúng cách, hãy chọn lại."),
            "empty": _("Tệp này trống, hãy chọn tệp khác."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("Tệp quá lớn, tối đa 5 MB."))
        return file

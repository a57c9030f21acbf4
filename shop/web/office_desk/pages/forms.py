"""Forms of the room of pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_phone
from shop.common.tax_code import normalise_tax_code
from shop.domain.pages.models import NOTE_LENGTH
from shop.domain.pages.operator import OperatorData
from shop.domain.pages.texts import TextRefused, WrittenText

from .words import sentence_of

ROWS = 26


def _body(label: Any, language: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        strip=False,
        widget=forms.Textarea(attrs={"rows": ROWS, "lang": language, "class": "code", "spellcheck": "true"}),
        error_messages={"required": _("Cần có bản tiếng Việt.")},
    )


class PageForm(forms.Form):
    """Title and body in both languages; `revision` is the draft it was opened on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    title = forms.CharField(
        label=_("Tên trang, tiếng Việt"),
        max_length=120,
        widget=forms.TextInput(attrs={"lang": "vi"}),
        error_messages={"required": _("Cần có bản tiếng Việt.")},
    )
    title_en = forms.CharField(
        label=_("Tên trang, tiếng Anh"), max_length=120, required=False, widget=forms.TextInput(attrs={"lang": "en"})
    )
    body = _body(_("Nội dung, tiếng Việt"), "vi", required=True)
    body_en = _body(_("Nội dung, tiếng Anh"), "en", required=False)

    @property
    def text(self) -> WrittenText:
        """What was typed, also where it cannot be kept."""
        return WrittenText(**{name: self.cleaned_data[name] for name in ("title", "body", "title_en", "body_en")})

    def refuse(self, refused: TextRefused) -> None:
        """Put the reasons beside their fields."""
        for problem in refused.problems:
            self.add_error(problem.field, sentence_of(problem))


class PublishForm(forms.Form):
    """From which day, and what changed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    begins = forms.DateField(
        label=_("Ngày có hiệu lực"),
        help_text=_("Hôm nay là có hiệu lực ngay. Không đặt được ngày đã qua."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Chọn ngày có hiệu lực."), "invalid": _("Ngày chưa đúng, ví dụ 24/11/2026.")},
    )
    note = forms.CharField(
        label=_("Đổi gì, vì sao"),
        help_text=_("Một câu cho người đọc lịch sử của trang; ai cũng thấy."),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Nói một câu đã đổi gì.")},
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = not is_first


class OperatorForm(forms.Form):
    """Who runs the shop; nothing is required, for a demonstration has no operator."""

    name = forms.CharField(label=_("Tên đơn vị"), max_length=255, required=False)
    address = forms.CharField(label=_("Địa chỉ trụ sở"), max_length=255, required=False)
    tax_code = forms.CharField(label=_("Mã số thuế"), max_length=20, required=False)
    moit_number = forms.CharField(
        label=_("Thủ tục với Bộ Công Thương"),
        help_text=_("Số xác nhận thông báo hoặc đăng ký nền tảng thương mại điện tử, kèm ngày."),
        max_length=64,
        required=False,
    )
    phone = forms.CharField(label=_("Điện thoại"), max_length=30, required=False)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        error_messages={"invalid": _("Địa chỉ thư chưa đúng, ví dụ ten@congty.vn.")},
    )

    def clean_phone(self) -> str:
        """E.164, or nothing."""
        return normalise_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def clean_tax_code(self) -> str:
        """Digits with a right check digit, or nothing."""
        return normalise_tax_code(self.cleaned_data["tax_code"]) if self.cleaned_data["tax_code"] else ""

    @property
    def data_declared(self) -> OperatorData:
        """What the office declares."""
        return OperatorData(**self.cleaned_data)

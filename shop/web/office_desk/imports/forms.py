"""What an officer gives, types and decides about a list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shop.domain.certificates.importing.correcting import LONGEST_CELL
from shop.domain.certificates.importing.requesting import LONGEST_REASON
from shop.domain.certificates.importing.rows import EDITABLE
from shop.domain.certificates.sheets.grid import MAX_FILE_BYTES

from .words import FIELDS, OPTIONS

TOO_LONG = _("Tối đa %(limit_value)s ký tự.")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh sách"),
        help_text=_("xlsx, xls, ods hoặc csv, tối đa 20 MB và 30.000 dòng. Tệp được giữ nguyên và không bao giờ bị xoá."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={
            "required": _("Hãy chọn tệp danh sách."),
            "missing": _("Hãy chọn tệp danh sách."),
            "invalid": _("Trình duyệt gửi tệp không đúng cách, hãy chọn lại."),
            "empty": _("Tệp này trống, hãy chọn tệp khác."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(_("Tệp quá lớn, tối đa 20 MB."))
        return file


class RowForm(forms.Form):
    """The cells of one row as text; what they mean is read as everywhere in a list."""

    def __init__(self, *arguments: Any, cells: dict[str, str], **keywords: Any) -> None:
        super().__init__(*arguments, initial=cells, **keywords)
        for name in EDITABLE:
            self.fields[name] = forms.CharField(
                label=FIELDS[name],
                required=False,
                max_length=LONGEST_CELL,
                strip=True,
                error_messages={"max_length": TOO_LONG},
            )


class OptionsForm(forms.Form):
    """Asks only for what the file does not say."""

    def __init__(self, *arguments: Any, asked: Iterable[str], **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        for name in asked:
            words = OPTIONS[name]
            self.fields[name] = forms.CharField(
                label=words.label,
                help_text=words.example,
                required=False,
                max_length=LONGEST_CELL,
                error_messages={"max_length": TOO_LONG},
            )


class ApplyForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    warnings_read = forms.BooleanField(
        required=False, error_messages={"required": _("Hãy đối chiếu các cảnh báo với biên bản trước khi ghi sổ.")}
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao trả lại"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi vì sao trả lại danh sách."), "max_length": TOO_LONG},
    )

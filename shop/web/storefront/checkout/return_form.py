"""The form of a return: units per line, one reason, a few words, pictures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shop.domain.ordering.returning import Wanted
from shop.domain.returns.photos import MOST_PHOTOS, PhotoRefused, clean_photo
from shop.domain.returns.words import REASONS

LONGEST_WORDS = 1000
# As many as `MOST_PHOTOS`; the sentence is translated as a whole.
PHOTO_HINT = _("Tối đa 5 ảnh JPEG, PNG hoặc WebP, mỗi ảnh không quá 10 MB. Chỉ bạn, chủ thể và văn phòng xem được.")
RELOAD = _("Hãy tải lại trang rồi thử lại.")
PHOTO_REFUSED = _("«%(name)s» không phải ảnh JPEG, PNG, WebP, hoặc quá lớn. Hãy chọn lại ảnh; các ô khác vẫn giữ nguyên.")


class ManyFiles(forms.FileField):
    """Several pictures under one name; a phone offers its camera and its album."""

    class Widget(forms.ClearableFileInput):
        allow_multiple_selected = True

    widget = Widget

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(ManyFiles, self).clean(one, initial) for one in data or ()]


class ReturnForm(forms.Form):
    """`lines` are (line id, title, units that may still be sent back); `chosen` is the line the buyer came from."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": RELOAD, "invalid": RELOAD})
    reason = forms.ChoiceField(
        label=_("Lý do trả"),
        choices=[(str(key), text) for key, text in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn lý do trả."), "invalid_choice": _("Hãy chọn lý do trả.")},
    )
    words = forms.CharField(
        label=_("Hàng bị sao? (không bắt buộc)"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Dài quá 1.000 chữ cái.")},
    )
    photos = ManyFiles(
        label=_("Ảnh chụp hàng (không bắt buộc)"),
        help_text=PHOTO_HINT,
        required=False,
        widget=ManyFiles.Widget(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": _("Có ảnh trống, hãy chọn ảnh khác."), "invalid": _("Hãy chọn lại ảnh.")},
    )

    def __init__(self, *args: Any, lines: Sequence[tuple[int, str, int]], chosen: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.line_names = {}
        for pk, title, units in lines:
            if units:
                self.line_names[f"line_{pk}"] = pk
                self.fields[f"line_{pk}"] = _units_field(title, units, initial=int(pk == chosen or len(lines) == 1))
        self.order_fields([*self.line_names, "reason", "words", "photos"])

    def clean_photos(self) -> list[ContentFile]:
        """The pictures written anew, or a sentence about the first that cannot be."""
        uploads = self.cleaned_data["photos"]
        if len(uploads) > MOST_PHOTOS:
            raise ValidationError(_("Tối đa 5 ảnh. Hãy chọn lại; các ô khác vẫn giữ nguyên."))
        return [_clean(upload) for upload in uploads]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        lines_are_fine = not any(name in self.errors for name in self.line_names)
        if lines_are_fine and not any(values.get(name) for name in self.line_names):
            first = next(iter(self.line_names), None)
            self.add_error(first, _("Hãy ghi số lượng muốn trả, ít nhất 1."))
        return values

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        values = self.cleaned_data
        quantities = {pk: values[name] or 0 for name, pk in self.line_names.items()}
        return Wanted(quantities, values["reason"], values["words"], values["photos"])


def _units_field(title: str, units: int, *, initial: int) -> forms.IntegerField:
    too_many = _("Trả được nhiều nhất %(units)d.") % {"units": units}
    return forms.IntegerField(
        label=title,
        help_text=_("Số lượng trả, nhiều nhất %(units)d") % {"units": units},
        min_value=0,
        max_value=units,
        required=False,
        initial=initial,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Hãy ghi một số nguyên."), "min_value": _("Hãy ghi số từ 0."), "max_value": too_many},
    )


def _clean(upload: UploadedFile) -> ContentFile:
    try:
        return clean_photo(upload=upload, size=upload.size or 0)
    except PhotoRefused as error:
        raise ValidationError(PHOTO_REFUSED, params={"name": str(upload.name)[:60]}) from error

"""The words of a listing, as its producer types them."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.domain.listings.texts import ENGLISH, LIMITS, TEXT_FIELDS, limit_of

LABELS: dict[str, str | Promise] = {
    "title": _("Tên trên trang bán"),
    "description": _("Mô tả ngắn"),
    "story": _("Câu chuyện sản phẩm"),
    "ingredients": _("Thành phần"),
    "storage": _("Bảo quản"),
    "shelf_life": _("Hạn dùng"),
}
HINTS: dict[str, str | Promise] = {
    "title": _("Đứng cạnh tên trên giấy chứng nhận; tên trên giấy không sửa được ở đây."),
    "description": _("Cách làm, mùi vị, cách dùng. Không ghi công dụng chữa bệnh."),
    "story": _("Ai làm, ở đâu, từ bao giờ. Để trống một dòng giữa hai đoạn."),
}
ROWS = {"description": 3, "story": 8, "ingredients": 3}


class TextsForm(forms.Form):
    """Every text in both languages; `draft` is the mark of the draft the form was made from."""

    draft = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, auto_id="gioi-thieu-%s", **more)
        for name in TEXT_FIELDS:
            self.fields[name] = _field(name)

    @property
    def vietnamese(self) -> list[BoundField]:
        """The fields in Vietnamese."""
        return [self[name] for name in LIMITS]

    @property
    def english(self) -> list[BoundField]:
        """The same in English."""
        return [self[name + ENGLISH] for name in LIMITS]

    @property
    def has_english_error(self) -> bool:
        return any(name.endswith(ENGLISH) for name in self.errors)

    @property
    def texts(self) -> dict[str, str]:
        """What the domain is told; asked of a valid form only."""
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}


def _field(name: str) -> forms.CharField:
    base = name.removesuffix(ENGLISH)
    attributes = {"lang": "en" if name.endswith(ENGLISH) else "vi"}
    return forms.CharField(
        label=LABELS[base],
        help_text=HINTS.get(base, "") if name == base else "",
        max_length=limit_of(name),
        required=name == "title",
        widget=forms.Textarea(attrs={**attributes, "rows": ROWS[base]}) if base in ROWS else forms.TextInput(attrs=attributes),
        error_messages={"required": _("Hãy ghi tên sản phẩm.")},
    )

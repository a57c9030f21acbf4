"""What the producer types about a return."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.domain.returns.models import ReturnLine

from .rows import title_of

LONGEST_WORDS = 1000


class RefuseReturnForm(forms.Form):
    """Saying no."""

    words = forms.CharField(
        label=_("Vì sao không nhận trả"),
        help_text=_("Người mua đọc câu này. Họ có thể nhờ văn phòng quyết định."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Hãy viết lý do: người mua và văn phòng cần biết vì sao bạn từ chối."),
            "max_length": _("Dài quá 1.000 chữ cái."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class ContestReturnForm(RefuseReturnForm):
    """What came is not what was sent back, or nothing came."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Hàng trả có gì không đúng")
        self.fields["words"].help_text = _("Văn phòng quyết định; người mua cũng đọc được.")
        self.fields["words"].error_messages["required"] = _("Hãy viết điều không đúng: văn phòng cần biết để quyết định.")


class ReceiveReturnForm(forms.Form):
    """How much of each line can be sold again; nothing unless somebody says so."""

    def __init__(self, *args: Any, lines: Iterable[ReturnLine], **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.line_names = {}
        for back in lines:
            name = f"line_{back.line_id}"
            self.line_names[name] = back.line_id
            most = _("Nhiều nhất %(units)d.") % {"units": back.quantity}
            self.fields[name] = forms.IntegerField(
                label=title_of(back.line),
                help_text=_("Bán lại được mấy cái trong %(units)d? Số này vào kho ngay.") % {"units": back.quantity},
                min_value=0,
                max_value=back.quantity,
                required=False,
                initial=0,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": _("Hãy ghi một số nguyên."), "min_value": _("Hãy ghi số từ 0."), "max_value": most},
            )

    @property
    def restocked(self) -> dict[int, int]:
        """Units by line id."""
        return {pk: self.cleaned_data[name] or 0 for name, pk in self.line_names.items()}

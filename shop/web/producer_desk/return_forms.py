"""What the producer types about a return."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.domain.parcels.models import Parcel
from shop.domain.returns.models import ReturnLine
from shop.oscar_forks.order.models import Line

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
        self.line_names: dict[str, int] = {}
        for back in lines:
            self.ask(back.line, back.quantity)

    def ask(self, line: Line, units: int) -> None:
        """Add a field for so many units of a line."""
        name = f"line_{line.pk}"
        self.line_names[name] = line.pk
        self.fields[name] = forms.IntegerField(
            label=title_of(line),
            help_text=_("Bán lại được mấy cái trong %(units)d? Số này vào kho ngay.") % {"units": units},
            min_value=0,
            max_value=units,
            required=False,
            initial=0,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages={
                "invalid": _("Hãy ghi một số nguyên."),
                "min_value": _("Hãy ghi số từ 0."),
                "max_value": _("Nhiều nhất %(units)d.") % {"units": units},
            },
        )

    @property
    def restocked(self) -> dict[int, int]:
        """Units by line id."""
        return {pk: self.cleaned_data[name] or 0 for name, pk in self.line_names.items()}


class ComeHomeForm(ReceiveReturnForm):
    """The same of a parcel that nobody could deliver."""

    def __init__(self, *args: Any, parcel: Parcel, **kwargs: Any) -> None:
        super().__init__(*args, lines=(), **kwargs)
        for line in parcel.lines.all():
            self.ask(line, line.quantity)

    def clean(self) -> dict[str, Any]:
        """What the domain asks for."""
        super().clean()
        return {"restocked": {pk: self.cleaned_data.get(name) or 0 for name, pk in self.line_names.items()}}

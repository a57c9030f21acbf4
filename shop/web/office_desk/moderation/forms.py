"""What a moderator answers with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.domain.listings.moderating import Read

LONGEST_REASON = 1000


class AnswerForm(forms.Form):
    """The reason, and what was on the screen."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    listing_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label=_("Lý do"),
        help_text=_("Cần khi yêu cầu sửa hoặc từ chối. Chủ thể đọc câu này."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.needs_reason = needs_reason

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if self.needs_reason and not reason:
            raise forms.ValidationError(_("Hãy ghi lý do: chủ thể cần biết phải sửa gì."))
        return reason

    @property
    def read(self) -> Read:
        """What the domain is told; asked of a valid form only."""
        return Read(self.cleaned_data["number"], self.cleaned_data["listing_version"])

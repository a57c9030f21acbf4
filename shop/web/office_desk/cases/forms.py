"""What an officer writes in a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.domain.cases.models import Case
from shop.domain.cases.words import OUTCOMES

LONGEST_TEXT = 5000
TOO_LONG = _("Dài quá 5.000 chữ cái.")


class WordsForm(forms.Form):
    """A text of the office; what it is for is said by the button."""

    text = forms.CharField(
        label=_("Viết cho người báo"),
        help_text=_("Gửi qua email hoặc SMS, và hiện ở trang vụ việc của họ."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Viết vài chữ rồi gửi."), "max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class NoteForm(WordsForm):
    """For colleagues only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Ghi chú cho đồng nghiệp")
        self.fields["text"].help_text = _("Người báo không đọc được.")


class ClosingForm(WordsForm):
    """How it ended, and the sentence the reporter reads."""

    outcome = forms.ChoiceField(
        label=_("Kết quả"),
        choices=[("", "–"), *((outcome, OUTCOMES[outcome]) for outcome in Case.Outcome)],
        error_messages={"required": _("Chọn kết quả."), "invalid_choice": _("Chọn kết quả.")},
    )
    field_order = ("outcome", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Lý do đóng")
        self.fields["text"].help_text = _("Người báo đọc câu này.")
        self.fields["text"].error_messages["required"] = _("Hãy ghi lý do đóng.")

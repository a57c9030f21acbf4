"""What an officer decides about a return."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.domain.ordering.return_deciding import Decision
from shop.domain.returns.models import ReturnRequest
from shop.domain.returns.words import VERDICTS

from ..money.forms import AmountField

V = ReturnRequest.Verdict
SHOP, PRODUCER = "shop", "producer"
LONGEST_WORDS = 2000


class DecisionForm(forms.Form):
    """How much goes back, who pays, and the sentence both sides read."""

    verdict = forms.ChoiceField(
        label=_("Quyết định"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn quyết định."), "invalid_choice": _("Hãy chọn quyết định.")},
    )
    amount_vnd = AmountField(
        label=_("Số tiền hoàn một phần"), help_text=_("Chỉ ghi khi hoàn một phần, ví dụ 50.000."), required=False
    )
    bearer = forms.ChoiceField(
        label=_("Ai chịu khoản hoàn"),
        choices=[(PRODUCER, _("Chủ thể")), (SHOP, _("Sàn: tiền của chủ thể không bị trừ"))],
        widget=forms.RadioSelect,
        initial=PRODUCER,
        error_messages={
            "required": _("Hãy chọn bên chịu khoản hoàn."),
            "invalid_choice": _("Hãy chọn bên chịu khoản hoàn."),
        },
    )
    words = forms.CharField(
        label=_("Lý do"),
        help_text=_("Người mua và chủ thể đều đọc câu này."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy viết lý do: hai bên đều cần biết."), "max_length": _("Dài quá 2.000 chữ cái.")},
    )

    def __init__(self, *args: Any, asked: ReturnRequest, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        is_there = asked.sent_back_at is not None
        self.fields["verdict"].choices = [
            (str(key), text) for key, text in VERDICTS.items() if not (is_there and key == V.GOODS_BACK)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("verdict") == V.PART and values.get("amount_vnd") is None and "amount_vnd" not in self.errors:
            self.add_error("amount_vnd", _("Hãy ghi số tiền hoàn."))
        return values

    @property
    def decision(self) -> Decision:
        """What was chosen; an amount counts for a part only."""
        values = self.cleaned_data
        is_part = values["verdict"] == V.PART
        return Decision(
            verdict=values["verdict"],
            words=values["words"],
            amount_vnd=values["amount_vnd"] if is_part else None,
            is_borne_by_shop=values["bearer"] == SHOP,
        )

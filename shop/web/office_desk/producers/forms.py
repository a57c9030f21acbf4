"""What an officer writes about a producer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_phone
from shop.domain.producers.models import Membership

from .words import ROLES

LONGEST_REASON = 1000


class ReasonForm(forms.Form):
    """Why an act is done; the producer's owners read it."""

    reason = forms.CharField(
        label=_("Lý do"),
        help_text=_("Ghi vào nhật ký và vào thư gửi chủ của chủ thể."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, needs_reason: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.needs_reason = needs_reason

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if self.needs_reason and not reason:
            raise ValidationError(_("Hãy ghi lý do: chủ thể và đồng nghiệp cần biết."))
        return reason


class MemberForm(ReasonForm):
    """An account that is let into a producer's desk."""

    login = forms.CharField(
        label=_("E-mail hoặc số điện thoại của tài khoản"),
        max_length=254,
        error_messages={"required": _("Hãy ghi e-mail hoặc số điện thoại.")},
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=list(ROLES.items()), initial=Membership.Role.OWNER)
    field_order = ("login", "role", "reason")

    def clean_login(self) -> str:
        text: str = self.cleaned_data["login"].strip()
        if "@" in text:
            return text
        return normalise_phone(text)


class RemoveForm(ReasonForm):
    """Which role is taken away."""

    membership = forms.IntegerField(widget=forms.HiddenInput)


class ReleaseForm(ReasonForm):
    """Which held parcel goes on."""

    parcel = forms.IntegerField(widget=forms.HiddenInput)

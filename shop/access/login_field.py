"""The one field for whichever of the two a person is known by: an e-mail or a mobile phone."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_mobile

EMAIL_OR_PHONE = _("E-mail hoặc số điện thoại")
# The longest address that mail can have.
LOGIN_LENGTH = 254


class LoginField(forms.CharField):
    """Cleans to an e-mail in small letters or to a mobile number in E.164: codes reach nothing else."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", EMAIL_OR_PHONE)
        kwargs.setdefault("max_length", LOGIN_LENGTH)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if "@" not in text:
            return normalise_mobile(text)
        validate_email(text)
        return text.lower()


def contact_of(login: str) -> dict[str, str]:
    """Say which of the two a clean login is: {"email": …} or {"phone": …}."""
    return {"email": login} if "@" in login else {"phone": login}

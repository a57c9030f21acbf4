"""What a browser sends back from a passkey: anything that is not an answer of one is a wrong answer, never a crash."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth_forms

# What fido2 raises for JSON that no authenticator would send (a member missing, of another type, not base64).
MALFORMED = (KeyError, TypeError, ValueError, AttributeError)


class ReadsAnyAnswer:
    """allauth catches two of the four."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as crash:
            raise get_adapter().validation_error("incorrect_code") from crash


class LoginForm(ReadsAnyAnswer, allauth_forms.LoginWebAuthnForm):
    pass


class AuthenticateForm(ReadsAnyAnswer, allauth_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(ReadsAnyAnswer, allauth_forms.ReauthenticateWebAuthnForm):
    pass


class AddForm(allauth_forms.AddWebAuthnForm):
    """Of a new key the whole form is read at once."""

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except MALFORMED as crash:
            raise get_adapter().validation_error("incorrect_code") from crash

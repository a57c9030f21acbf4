"""allauth's forms in the shop's words. A password is typed once: a slip is mended by a reset, not by typing twice."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from .lockout import normalise_login

PASSWORD_HINT = _("Ít nhất 8 ký tự, không quá phổ biến, không chỉ toàn chữ số.")


class OurWords:
    """Labels and hints of a form's fields; placeholders say nothing that a label does not."""

    labels: ClassVar[dict[str, Any]] = {}
    hints: ClassVar[dict[str, Any]] = {}
    dropped: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name in self.dropped:
            fields.pop(name, None)
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(OurWords, allauth_forms.LoginForm):
    labels: ClassVar = {"login": _("E-mail hoặc số điện thoại"), "password": _("Mật khẩu")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_login(self) -> str:
        # One spelling per account, or every spelling of a phone would have guesses of its own.
        return normalise_login(self.cleaned_data["login"])


class SignupForm(OurWords, allauth_forms.SignupForm):
    labels: ClassVar = {"email": _("E-mail"), "password1": _("Mật khẩu"), "phone": _("Số điện thoại")}
    hints: ClassVar = {"password1": PASSWORD_HINT, "email": _("Mã xác nhận sẽ được gửi đến đây.")}
    dropped: ClassVar = ("password2",)


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    labels: ClassVar = {"email": _("E-mail")}


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": _("Mật khẩu mới")}
    hints: ClassVar = {"password1": PASSWORD_HINT}
    dropped: ClassVar = ("password2",)


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    labels: ClassVar = {"oldpassword": _("Mật khẩu hiện tại"), "password1": _("Mật khẩu mới")}
    hints: ClassVar = {"password1": PASSWORD_HINT}
    dropped: ClassVar = ("password2",)


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    labels: ClassVar = {"password1": _("Mật khẩu mới")}
    hints: ClassVar = {"password1": PASSWORD_HINT}
    dropped: ClassVar = ("password2",)


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):
    labels: ClassVar = {"password": _("Mật khẩu")}


class ConfirmEmailCodeForm(OurWords, allauth_forms.ConfirmEmailVerificationCodeForm):
    labels: ClassVar = {"code": _("Mã xác nhận")}

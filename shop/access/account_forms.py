"""allauth's forms in the shop's words. A password is typed once: a slip is mended by a reset, not by typing twice."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.common.phone import normalise_mobile
from shop.domain.people.models import User

from .lockout import normalise_login
from .login_field import EMAIL_OR_PHONE, LoginField, contact_of

CODE = {"code": _("Mã xác nhận")}
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
    labels: ClassVar = {"login": EMAIL_OR_PHONE, "password": _("Mật khẩu")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_login(self) -> str:
        # One spelling per account, or every spelling of a phone would have guesses of its own.
        return normalise_login(self.cleaned_data["login"])


class ByEitherContact:
    """One field in place of allauth's two, an e-mail and a phone of which a person fills in one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        others = {name: field for name, field in fields.items() if name not in {"email", "phone"}}
        fields.clear()
        fields.update({"login": LoginField(help_text=self.login_hint), **others})

    login_hint: ClassVar[Any] = ""

    def clean_login(self) -> str:
        """Hand the contact on under the name allauth knows, to allauth's own check of it."""
        values: dict[str, Any] = self.cleaned_data  # type: ignore[attr-defined]
        for name, contact in contact_of(values["login"]).items():
            values[name] = contact
            check = getattr(self, f"clean_{name}", None)
            values[name] = check() if check else contact
        return values["login"]


class SignupForm(ByEitherContact, OurWords, allauth_forms.SignupForm):
    labels: ClassVar = {"password1": _("Mật khẩu (không bắt buộc)")}
    hints: ClassVar = {"password1": _("Ít nhất 8 ký tự. Để trống cũng được: mỗi lần đăng nhập, chúng tôi gửi mã.")}
    dropped: ClassVar = ("password2",)
    login_hint: ClassVar = _("Mã xác nhận sẽ được gửi đến đây.")

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists and self.cleaned_data.get("password1"):
            # A stranger's password is hashed, which takes a tenth of a second; so the known one's takes as long.
            User().set_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # The button was pressed twice, and the other press was quicker.
            self.account_already_exists = True
            return super().try_save(request)


class RequestLoginCodeForm(ByEitherContact, OurWords, allauth_forms.RequestLoginCodeForm):
    login_hint: ClassVar = _("Mã dùng một lần sẽ được gửi đến đây.")


class ConfirmLoginCodeForm(OurWords, allauth_forms.ConfirmLoginCodeForm):
    labels: ClassVar = CODE


class VerifyPhoneForm(OurWords, allauth_forms.VerifyPhoneForm):
    labels: ClassVar = CODE


class ConfirmResetCodeForm(OurWords, allauth_forms.ConfirmPasswordResetCodeForm):
    labels: ClassVar = CODE


class ChangePhoneForm(OurWords, allauth_forms.ChangePhoneForm):
    labels: ClassVar = {"phone": _("Số điện thoại mới")}
    hints: ClassVar = {"phone": _("Mã xác nhận sẽ được gửi đến đây.")}

    def clean_phone(self) -> str:
        self.cleaned_data["phone"] = normalise_mobile(self.cleaned_data["phone"])
        return super().clean_phone()


class ChangeEmailForm(OurWords, allauth_forms.AddEmailForm):
    labels: ClassVar = {"email": _("E-mail mới")}
    hints: ClassVar = {"email": _("Mã xác nhận sẽ được gửi đến đây.")}


class ResetPasswordForm(ByEitherContact, OurWords, allauth_forms.ResetPasswordForm):
    """What happens next is in `reset_views`: a link to a mailbox, a code to a phone."""

    login_hint: ClassVar = _("Đường dẫn đến hộp thư dùng được trong một giờ; mã đến điện thoại, trong 15 phút.")


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
    labels: ClassVar = CODE

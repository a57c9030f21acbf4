"""What allauth asks of a shop whose people are known by e-mail, by phone, or by both."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shop.common.qr import qr_svg
from shop.domain.people.devices import forget_devices
from shop.domain.people.models import User

from .account_messages import post_account_mail, post_change, post_phone_answer, post_phone_change, post_phone_code
from .arrivals import arrive, leave, welcome_contacts
from .lockout import key_of_guesses, login_of
from .phone_field import PhoneField

WRONG_LOGIN = _("E-mail, số điện thoại hoặc mật khẩu không đúng. Hãy thử lại hoặc đặt lại mật khẩu.")
WRONG_CODE = _("Mã không đúng hoặc đã hết hạn. Hãy xem lại mã mới nhất.")
TOO_MANY = _("Đã thử sai quá nhiều lần. Hãy chờ một lúc rồi thử lại, hoặc đặt lại mật khẩu.")


class AccountAdapter(DefaultAccountAdapter):
    """Phones live on the person, codes and letters leave through the shop's outbox, in the shop's words."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã bị khoá."),
        "email_password_mismatch": WRONG_LOGIN,
        "phone_password_mismatch": WRONG_LOGIN,
        "username_password_mismatch": WRONG_LOGIN,
        "invalid_login": WRONG_LOGIN,
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "incorrect_code": WRONG_CODE,
        "invalid_or_expired_key": WRONG_CODE,
        "invalid_password_reset": _("Đường dẫn đặt lại mật khẩu không còn dùng được."),
        "email_taken": _("Không dùng được e-mail này."),
        "phone_taken": _("Không dùng được số điện thoại này."),
        "duplicate_email": _("Đây là e-mail đang dùng."),
        "same_as_current": _("Đây là số đang dùng."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def get_login_stages(self) -> list[str]:
        """allauth's own steps, but what the shop itself entered counts as proved."""
        ours = {"EmailVerificationStage": "EmailStage", "PhoneVerificationStage": "PhoneStage"}
        stages = [(stage, ours.get(stage.rpartition(".")[2])) for stage in super().get_login_stages()]
        return [f"shop.access.login_stages.{our}" if our else stage for stage, our in stages]

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002 -- allauth's signature
        """allauth saves first and then sets the phone; a person with neither e-mail nor phone does not exist."""
        user.phone = form.cleaned_data.get("phone") or None
        return super().save_user(request, user, form, commit=commit)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        arrive(request, user)

    def logout(self, request: HttpRequest) -> None:
        leave(request)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """A new password ends every session but the one it was set in; their rows go with them."""
        super().set_password(user, password)
        forget_devices(user_id=user.pk)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed and request.user.is_authenticated:
            welcome_contacts(request.user)
        return is_confirmed

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's own key knows no phones: all of them would share one counter, and twenty slips would lock them all.
        return key_of_guesses(login_of(request, credentials))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        post_account_mail(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002 -- allauth's signature
        email: str | None = None,
    ) -> None:
        """Tell of a change where the person can be told: an account with a phone alone hears by SMS."""
        address = email or EmailAddress.objects.get_primary_email(user)
        post_change(template_prefix, email=address, phone=user.phone if user.phone_verified else None)

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 -- allauth's signature
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """The code came back from this phone; the one before is told, and what was ordered with it comes along."""
        if user.phone and user.phone != phone and user.phone_verified:
            post_phone_change(old_phone=user.phone)
        self.set_phone(user, phone, True)
        welcome_contacts(user)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:  # noqa: ARG002
        post_phone_code(phone, code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:  # noqa: ARG002 -- allauth's signature
        post_phone_answer(phone, has_account=False)

    def send_account_already_exists_sms(self, phone: str) -> None:
        post_phone_answer(phone, has_account=True)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor in the shop's words; its QR code by the shop's own drawing."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "unverified_email": _("Hãy xác nhận e-mail trước khi bật xác thực hai lớp."),
    }

    def build_totp_svg(self, url: str) -> str:
        # Shown as a picture of its own, which is no SVG without its namespace.
        return qr_svg(url).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def get_totp_label(self, user: User) -> str:
        return EmailAddress.objects.get_primary_email(user) or user.email or user.phone or str(user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's signature
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Khoá truy cập %(number)d") % {"number": number}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """What the device shows in its list of keys: the contact the person logs in with."""
        return super().get_public_key_credential_user_entity(user) | {"name": user.email or user.phone or str(user)}

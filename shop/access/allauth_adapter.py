"""What allauth asks of a shop whose people are known by e-mail, by phone, or by both."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.common.qr import qr_svg
from shop.domain.people.models import User

from .account_messages import post_account_mail, post_phone_code
from .lockout import login_of
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
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def get_login_stages(self) -> list[str]:
        """allauth's own steps, but addresses that the shop itself entered count as proved."""
        ours = "shop.access.login_stages.EmailStage"
        return [ours if stage.endswith("EmailVerificationStage") else stage for stage in super().get_login_stages()]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's own key knows no phones: all of them would share one counter, and twenty slips would lock them all.
        return f"login:{login_of(request, credentials)}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        post_account_mail(template_prefix, email, context, request=self.request)

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 -- allauth's signature
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:  # noqa: ARG002
        post_phone_code(phone, code, language=user.language)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor in the shop's words; its QR code by the shop's own drawing."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "unverified_email": _("Hãy xác nhận e-mail trước khi bật xác thực hai lớp."),
    }

    def build_totp_svg(self, url: str) -> str:
        return qr_svg(url)

    def get_totp_label(self, user: User) -> str:
        return EmailAddress.objects.get_primary_email(user) or user.email or user.phone or str(user)

"""Letters and codes about accounts, through the same outbox as everything else the shop tells."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.domain.notifications.kinds import NothingToTell, Payload, register_kind
from shop.domain.notifications.outbox import EMAIL, SMS, post
from shop.domain.notifications.rendering import absolute_url
from shop.domain.people.models import User


class UnknownAccountMail(Exception):
    """allauth wants to send something the shop has no words for."""


_CHANGES = {
    "account/email/password_changed": "password",
    "account/email/password_reset": "password",
    "account/email/password_set": "password",
    "account/email/email_changed": "email",
    "mfa/email/totp_activated": "second_factor_on",
    "mfa/email/totp_deactivated": "second_factor_off",
    "mfa/email/recovery_codes_generated": "recovery_codes",
}
_LETTERS: dict[str, tuple[str, Callable[[dict[str, Any]], Payload]]] = {
    "account/email/password_reset_key": ("account_password_reset", lambda context: {"user_id": context["user"].pk}),
    "account/email/email_confirmation": ("account_code", lambda context: {"code": context["code"]}),
    "account/email/email_confirmation_signup": ("account_code", lambda context: {"code": context["code"]}),
    "account/email/account_already_exists": ("account_exists", lambda context: {}),  # noqa: ARG005
    "account/email/unknown_account": ("account_unknown", lambda context: {}),  # noqa: ARG005
    **{
        prefix: ("account_changed", lambda context, what=what: {"what": what})  # noqa: ARG005
        for prefix, what in _CHANGES.items()
    },
}


def post_account_mail(prefix: str, email: str, context: dict[str, Any], *, request: HttpRequest) -> None:  # noqa: ARG001
    """Turn one of allauth's mails into a message of the outbox; raises UnknownAccountMail."""
    if prefix not in _LETTERS:
        raise UnknownAccountMail(prefix)
    kind, payload_of = _LETTERS[prefix]
    _post(kind=kind, channel=EMAIL, recipient=email, language=get_language() or "vi", payload=payload_of(context))


def post_phone_code(phone: str, code: str, *, language: str) -> None:
    """Send a one-time code to a phone."""
    _post(kind="account_code", channel=SMS, recipient=phone, language=language, payload={"code": code})


def _post(*, kind: str, channel: str, recipient: str, language: str, payload: Payload) -> None:
    with transaction.atomic():
        post(
            key=f"{kind}:{uuid4()}",
            kind=kind,
            channel=channel,
            recipient=recipient,
            language=language,
            payload=payload,
            now=clock.now(),
        )


def _reset_context(payload: Payload, *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    # The key is made when the letter is written, so that the outbox holds no way into an account until then.
    user = User.objects.filter(pk=payload["user_id"], is_active=True).first()
    if user is None:
        raise NothingToTell
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return {"reset_url": absolute_url(reverse("account_reset_password_from_key", kwargs=key))}


def register_account_messages() -> None:
    """Tell the outbox how these kinds are filled; called once at start."""
    register_kind("account_password_reset", title=_("Đặt lại mật khẩu"), build_context=_reset_context, holds_secret=True)
    register_kind(
        "account_code",
        title=_("Mã xác nhận"),
        build_context=lambda payload, today: {"code": payload["code"]},  # noqa: ARG005
        holds_secret=True,
    )
    register_kind(
        "account_changed",
        title=_("Thay đổi bảo mật"),
        build_context=lambda payload, today: {"what": payload["what"]},  # noqa: ARG005
    )
    register_kind(
        "account_exists",
        title=_("Đã có tài khoản"),
        build_context=lambda payload, today: {  # noqa: ARG005
            "login_url": absolute_url(reverse("account_login")),
            "reset_url": absolute_url(reverse("account_reset_password")),
        },
    )
    register_kind(
        "account_unknown",
        title=_("Chưa có tài khoản"),
        build_context=lambda payload, today: {"signup_url": absolute_url(reverse("account_signup"))},  # noqa: ARG005
    )

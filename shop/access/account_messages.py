"""Letters and codes about accounts, through the same outbox as everything else the shop tells.

Whoever knows an address can have these sent to it, so each recipient gets only so many in an hour. The rows of the outbox
are counted: a limit that lived in Valkey alone would be gone with it.
"""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4
from zlib import crc32

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.gates import shut_gates
from shop.domain.notifications.kinds import NothingToTell, Payload, register_kind
from shop.domain.notifications.outbox import EMAIL, SMS, post
from shop.domain.notifications.queries import count_told
from shop.domain.notifications.rendering import absolute_url
from shop.domain.people.models import User

logger = logging.getLogger(__name__)

RESETS = ("account_password_reset", "account_reset_code")
MOST_PER_HOUR = {
    # Of both together, to mailbox and phone of one account together.
    **dict.fromkeys(RESETS, 3),
    # Codes for log-in, sign-up and a changed address together; five requests of each are let in.
    "account_code": 10,
    "account_exists": 5,
    "account_unknown": 5,
}


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
    "mfa/email/webauthn_added": "passkey_on",
    "mfa/email/webauthn_removed": "passkey_off",
}
_LETTERS: dict[str, tuple[str, Callable[[dict[str, Any]], Payload]]] = {
    "account/email/password_reset_key": ("account_password_reset", lambda context: {"user_id": context["user"].pk}),
    "account/email/email_confirmation": ("account_code", lambda context: {"code": context["code"]}),
    "account/email/email_confirmation_signup": ("account_code", lambda context: {"code": context["code"]}),
    "account/email/login_code": ("account_code", lambda context: {"code": context["code"]}),
    "account/email/account_already_exists": ("account_exists", lambda context: {}),  # noqa: ARG005
    "account/email/unknown_account": ("account_unknown", lambda context: {}),  # noqa: ARG005
    **{
        prefix: ("account_changed", lambda context, what=what: {"what": what})  # noqa: ARG005
        for prefix, what in _CHANGES.items()
    },
}


def post_account_mail(prefix: str, email: str, context: dict[str, Any]) -> None:
    """Turn one of allauth's mails into a message of the outbox; raises UnknownAccountMail."""
    if prefix not in _LETTERS:
        raise UnknownAccountMail(prefix)
    kind, payload_of = _LETTERS[prefix]
    person: User | None = context.get("user")
    other = person.phone if person and kind in RESETS else None
    _post(kind=kind, recipient=email, payload=payload_of(context), also_of_account=other)


def post_phone_code(phone: str, code: str) -> None:
    """Send a one-time code to a phone."""
    _post(kind="account_code", recipient=phone, payload={"code": code})


def post_reset_code(user: User, code: str) -> None:
    """Send a code to the phone of somebody who forgot the password."""
    _post(kind="account_reset_code", recipient=user.phone or "", payload={"code": code}, also_of_account=user.email)


def post_phone_answer(phone: str, *, has_account: bool) -> None:
    """Tell the holder of a phone what the page tells nobody: whether it has an account."""
    _post(kind="account_exists" if has_account else "account_unknown", recipient=phone, payload={})


def post_change(prefix: str, *, email: str | None, phone: str | None) -> None:
    """Tell the owner of an account what was changed, by e-mail, else by SMS; `prefix` is allauth's name of the mail."""
    if email or phone:
        _post(kind="account_changed", recipient=email or phone or "", payload={"what": _CHANGES[prefix]})


def post_phone_change(*, old_phone: str) -> None:
    """Tell a number that it is no longer an account's."""
    _post(kind="account_changed", recipient=old_phone, payload={"what": "phone"})


@transaction.atomic
def _post(*, kind: str, recipient: str, payload: Payload, also_of_account: str | None = None) -> None:
    now = clock.now()
    if kind in MOST_PER_HOUR:
        recipients = [recipient, also_of_account] if also_of_account else [recipient]
        # One after the other, or a hundred at once would all count none.
        shut_gates(kind="account_letters", ids=[crc32(contact.lower().encode()) for contact in recipients])
        kinds = RESETS if kind in RESETS else [kind]
        if count_told(kinds=kinds, recipients=recipients, since=now - timedelta(hours=1)) >= MOST_PER_HOUR[kind]:
            logger.warning("no further %s to a recipient who had %d within the hour", kind, MOST_PER_HOUR[kind])
            return
    post(
        key=f"{kind}:{uuid4()}",
        kind=kind,
        channel=EMAIL if "@" in recipient else SMS,
        recipient=recipient,
        language=get_language() or "vi",
        payload=payload,
        now=now,
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
    for kind, title in (("account_code", _("Mã xác nhận")), ("account_reset_code", _("Mã đặt lại mật khẩu"))):
        register_kind(
            kind,
            title=title,
            build_context=lambda payload, today: {"code": payload["code"]},  # noqa: ARG005
            holds_secret=True,
        )
    register_kind(
        "account_changed",
        title=_("Thay đổi bảo mật"),
        build_context=lambda payload, today: {  # noqa: ARG005
            "what": payload["what"],
            "reset_url": absolute_url(reverse("account_reset_password")),
            "contact_url": absolute_url(reverse("storefront:contact")),
        },
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

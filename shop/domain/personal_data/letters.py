"""The two letters about an erasure that waits: that it was asked for, and that it is done.

The second goes to an address that the shop has just forgotten; the outbox forgets it with the sending.
"""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url
from shop.domain.people.models import User

from .models import ErasureRequest

ERASURE_WAITS = "erasure_waits"
ERASURE_DONE = "erasure_done"


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(ERASURE_WAITS, title=_("Yêu cầu xoá dữ liệu đang chờ"), build_context=waiting_letter)
    register_kind(ERASURE_DONE, title=_("Đã xoá dữ liệu cá nhân"), build_context=done_letter, is_last=True)


def post_waiting(*, request: ErasureRequest, user: User, now: datetime) -> None:
    """Tell the owner of an account, so that a request in their name does not pass unseen."""
    tell(
        key=f"{ERASURE_WAITS}:{request.pk}",
        kind=ERASURE_WAITS,
        email=user.email,
        phone=user.phone,
        language=user.language,
        payload={"request_id": request.pk},
        now=now,
    )


def post_done(*, request: ErasureRequest, email: str | None, phone: str | None, language: str, now: datetime) -> None:
    """Tell whoever waited for it that it is done; written after the erasure, or it would be erased with everything else."""
    tell(
        key=f"{ERASURE_DONE}:{request.pk}",
        kind=ERASURE_DONE,
        email=email,
        phone=phone,
        language=language,
        payload={"request_id": request.pk},
        now=now,
    )


def waiting_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """Where to take the request back."""
    return {"data_url": absolute_url(reverse("account_personal_data"))}


def done_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """When it was asked for and done; nothing else is known of the reader."""
    request = ErasureRequest.objects.filter(pk=payload["request_id"], done_at__isnull=False).first()
    if request is None:
        raise NothingToTell(payload)
    return {"request": request, "home_url": absolute_url("/"), "contact_url": absolute_url(reverse("storefront:contact"))}

"""The one letter about an erasure: that it was asked for and waits. Afterwards there is nobody to write to."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import register_kind
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url
from shop.domain.people.models import User

from .models import ErasureRequest

ERASURE_WAITS = "erasure_waits"


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(ERASURE_WAITS, title=_("Yêu cầu xoá dữ liệu đang chờ"), build_context=waiting_letter)


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


def waiting_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """Where to take the request back."""
    return {"data_url": absolute_url(reverse("account_personal_data"))}

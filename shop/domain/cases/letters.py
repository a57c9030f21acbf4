"""What a reporter is told: receipt, an answer, a question, the end. Written when it is sent, from the case as it is then."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.rendering import absolute_url

from .links import status_token
from .models import Case, CaseMessage
from .words import KINDS, OUTCOMES

RECEIVED = "case_received"
ANSWERED = "case_answered"
ASKED = "case_asked"
CLOSED = "case_closed"


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(RECEIVED, title=_("Vụ việc đã được nhận"), build_context=case_letter)
    register_kind(ANSWERED, title=_("Văn phòng trả lời vụ việc"), build_context=case_letter)
    register_kind(ASKED, title=_("Văn phòng hỏi thêm về vụ việc"), build_context=case_letter)
    register_kind(CLOSED, title=_("Vụ việc đã đóng"), build_context=case_letter)


def case_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- every builder is told the day
    """The case, what the office wrote in it, and the secret link; nothing of it once the reporter is forgotten."""
    case = Case.objects.filter(pk=payload["case_id"], blanked_at=None).first()
    message = CaseMessage.objects.filter(pk=payload["message_id"]).first() if "message_id" in payload else None
    if case is None or ("message_id" in payload and message is None):
        raise NothingToTell(payload)
    return {
        "case": case,
        "kind": KINDS[case.kind],
        "outcome": OUTCOMES.get(case.outcome, ""),
        "text": message.body if message else "",
        "status_url": absolute_url(reverse("storefront:case", args=[case.number, status_token(case)])),
    }

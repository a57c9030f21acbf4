"""Requests and their refusals in the office's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.domain.certificates.act_requests import BulkAct, EndMissing, NotTheRequester, RequestClosed
from shop.domain.certificates.acts import IllegalAct, ReasonMissing, SecondOfficerMissing
from shop.domain.certificates.models import CertificateActRequest
from shop.domain.certificates.scope import NotAnOfficer

from ..certificates.words import EXTEND, LIFT, REVOKE, SUSPEND, ActWords, sentence_of

Text = str | Promise
Outcome = CertificateActRequest.Outcome
WORDS_OF: dict[str, ActWords] = {
    BulkAct.SUSPEND: SUSPEND,
    BulkAct.LIFT: LIFT,
    BulkAct.REVOKE: REVOKE,
    BulkAct.EXTEND: EXTEND,
}
OUTCOMES: dict[str, tuple[Text, str, str]] = {
    Outcome.WAITING: (_("Chờ duyệt"), "wrn", "clock"),
    Outcome.APPROVED: (_("Đã duyệt"), "ok", "check"),
    Outcome.REFUSED: (_("Đã từ chối"), "bad", "x"),
    Outcome.WITHDRAWN: (_("Đã rút lại"), "", "back"),
}
_CLOSED: dict[str, Text] = {
    Outcome.APPROVED: _("Yêu cầu này đã được duyệt trước đó."),
    Outcome.REFUSED: _("Yêu cầu này đã bị từ chối trước đó."),
    Outcome.WITHDRAWN: _("Yêu cầu này đã được rút lại trước đó."),
}
_SENTENCES: dict[type[Exception], Text] = {
    SecondOfficerMissing: _("Bạn đã gửi yêu cầu này nên không thể tự duyệt hay tự từ chối. Cần một cán bộ khác quyết định."),
    NotTheRequester: _("Chỉ người đã gửi yêu cầu mới rút lại được. Bạn có thể từ chối và ghi lý do."),
    NotAnOfficer: _("Chỉ cán bộ OCOP mới được duyệt. Tài khoản này không phải là của cán bộ."),
    ReasonMissing: _("Hãy ghi lý do từ chối."),
    EndMissing: _("Yêu cầu thiếu ngày gia hạn."),
}
REFUSALS = (IllegalAct, RequestClosed, *_SENTENCES)


@dataclass(frozen=True)
class AskedWords:
    """One request in words: what is asked, for what, and where it stands."""

    act: ActWords
    state: Text
    pill: str
    icon_name: str


def words_of(asked: CertificateActRequest) -> AskedWords:
    """Return a request in words."""
    state, pill, icon_name = OUTCOMES[asked.outcome]
    return AskedWords(WORDS_OF[asked.payload.get("act", BulkAct.REVOKE)], state, pill, icon_name)


def why_not(error: Exception) -> str:
    """Say in a sentence why a request could not be decided that way."""
    if isinstance(error, RequestClosed):
        return str(_CLOSED[error.outcome])
    return str(_SENTENCES[type(error)]) if type(error) in _SENTENCES else sentence_of(error)

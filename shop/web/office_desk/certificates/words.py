"""Acts, states and fields of certificates in the office's words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shop.common.dates import format_day
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates import acts
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.superseding import NotNewer, NotTheSameProduct, ReplacementNotValid

Text = str | Promise


@dataclass(frozen=True)
class ActWords:
    """One act: its word in addresses, its name, its button, what was done, and whether it takes a colleague."""

    slug: str
    action: str
    title: Text
    button: Text
    done: Text
    icon: str


SUSPEND = ActWords(
    "tam-dinh-chi",
    acts.SUSPENDED,
    pgettext_lazy("act", "Tạm đình chỉ"),
    pgettext_lazy("act", "Tạm đình chỉ"),
    gettext_lazy("Đã tạm đình chỉ giấy chứng nhận."),
    "pause",
)
LIFT = ActWords(
    "bo-dinh-chi",
    acts.LIFTED,
    pgettext_lazy("act", "Bỏ tạm đình chỉ"),
    pgettext_lazy("act", "Bỏ tạm đình chỉ"),
    gettext_lazy("Đã bỏ tạm đình chỉ, dấu sao trở lại."),
    "check",
)
REVOKE = ActWords(
    "thu-hoi",
    acts.REVOKED,
    pgettext_lazy("act", "Thu hồi"),
    gettext_lazy("Gửi yêu cầu thu hồi"),
    gettext_lazy("Đã gửi yêu cầu thu hồi. Giấy còn nguyên cho đến khi một cán bộ khác ký."),
    "ban",
)
DOWNGRADE = ActWords(
    "ha-sao",
    acts.DOWNGRADED,
    gettext_lazy("Hạ sao"),
    gettext_lazy("Hạ sao"),
    gettext_lazy("Đã hạ hạng sao."),
    "down",
)
SUPERSEDE = ActWords(
    "thay-the",
    acts.SUPERSEDED,
    gettext_lazy("Thay bằng giấy mới"),
    gettext_lazy("Thay giấy"),
    gettext_lazy("Đã thay bằng giấy mới, gian hàng dùng giấy mới."),
    "cert",
)
EXTEND = ActWords(
    "gia-han",
    acts.EXTENDED,
    pgettext_lazy("act", "Gia hạn"),
    pgettext_lazy("act", "Gia hạn"),
    gettext_lazy("Đã gia hạn giấy chứng nhận."),
    "extend",
)
ACTS = {words.slug: words for words in (SUSPEND, LIFT, EXTEND, DOWNGRADE, SUPERSEDE, REVOKE)}

DEEDS: dict[str, Text] = {
    acts.SUSPENDED: gettext_lazy("Tạm đình chỉ"),
    acts.LIFTED: gettext_lazy("Bỏ tạm đình chỉ"),
    acts.REVOKED: gettext_lazy("Thu hồi"),
    acts.EXTENDED: gettext_lazy("Được gia hạn"),
    acts.DOWNGRADED: gettext_lazy("Bị hạ sao"),
    acts.SUPERSEDED: gettext_lazy("Được thay bằng giấy mới"),
    "imported": gettext_lazy("Nhập từ danh sách"),
    "completed": gettext_lazy("Bổ sung từ danh sách"),
    "restored": gettext_lazy("Khôi phục sau khi hoàn tác nhập"),
}
FIELDS: dict[str, Text] = {
    "stored_state": gettext_lazy("Tình trạng"),
    "stopped_on": gettext_lazy("Dừng từ"),
    "is_safety_matter": gettext_lazy("An toàn"),
    "extended_until": gettext_lazy("Gia hạn đến"),
    "stars": gettext_lazy("Hạng sao"),
    "superseded_by_id": gettext_lazy("Giấy thay thế"),
    "superseded_on": gettext_lazy("Thay từ"),
}
STORED_STATES: dict[str, Text] = {
    "active": gettext_lazy("đang hiệu lực"),
    "suspended": gettext_lazy("tạm đình chỉ"),
    "revoked": gettext_lazy("thu hồi"),
}
# What the database says when somebody else held a row for longer than a request waits.
BUSY_STATES = frozenset({"55P03", "40P01", "57014"})


def may_act(request: HttpRequest) -> bool:
    """Say whether the person at this desk is an officer; staff look on."""
    return "officer" in request.actor.roles


def is_busy(error: OperationalError) -> bool:
    """Say whether an act only has to be tried again."""
    return getattr(error.__cause__, "sqlstate", None) in BUSY_STATES


def sentence_of(error: Exception) -> str:
    """Say in one sentence why an act was refused."""
    if isinstance(error, acts.IllegalAct):
        return _("Giấy %(code)s đang ở tình trạng «%(state)s» nên không làm được việc này.") % {
            "code": error.certificate.code,
            "state": state_name(error.certificate),
        }
    if isinstance(error, acts.NotALaterEnd):
        return _("Ngày mới phải sau ngày hết hạn hiện tại, %(day)s.") % {"day": _day(error.ends_on)}
    if isinstance(error, NotNewer):
        return _("Giấy thay thế phải được cấp sau giấy này, tức là sau %(day)s.") % {"day": _day(error.issued_on)}
    return str(_SENTENCES[type(error)])


def state_name(certificate: Certificate) -> str:
    """Return the stored state of a certificate, or that it was replaced."""
    if certificate.superseded_by_id is not None and certificate.stored_state == Certificate.State.ACTIVE:
        return _("đã thay bằng giấy mới")
    return str(STORED_STATES[certificate.stored_state])


def change_text(field: str, value: Any, codes: dict[int, str]) -> str:
    """Write one side of a change as people read it."""
    if value in (None, ""):
        return "–"
    if field == "stored_state":
        return str(STORED_STATES.get(value, value))
    if field == "superseded_by_id":
        return codes.get(value, str(value))
    if field == "is_safety_matter":
        return _("có") if value else _("không")
    if field in {"stopped_on", "extended_until", "superseded_on"}:
        return _day(date.fromisoformat(value))
    return str(value)


def _day(value: date) -> str:
    return format_day(value, page_language())


_SENTENCES: dict[type[Exception], Text] = {
    acts.ReasonMissing: gettext_lazy("Hãy ghi lý do: người ta đọc câu này ở trang kiểm tra."),
    acts.EffectiveInFuture: gettext_lazy("Ngày có hiệu lực không được ở tương lai."),
    acts.SecondOfficerMissing: gettext_lazy("Việc này cần hai cán bộ khác nhau."),
    acts.NotFewerStars: gettext_lazy("Hạ sao phải còn ít nhất 3 sao và ít hơn hiện tại."),
    acts.UnknownCertificate: gettext_lazy("Không có giấy chứng nhận này trong phạm vi của bạn."),
    NotTheSameProduct: gettext_lazy("Giấy thay thế phải của cùng sản phẩm và cùng chủ thể."),
    ReplacementNotValid: gettext_lazy("Giấy thay thế hiện không còn hiệu lực."),
}
REFUSALS = (acts.IllegalAct, acts.NotALaterEnd, NotNewer, *_SENTENCES)

"""The list's filters as they stand in the address: what cannot be read is left out, nothing is an error."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.common.places.models import Commune, Province
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.office_search import SORTS, Asked, Found, search_for_office, years_of
from shop.domain.certificates.state import LiveState

from ..reach import readable_certificates

LONGEST_TEXT = 200
MOST_DAYS = 3650
STATES: dict[str, tuple[LiveState, str | Promise]] = {
    "con-hieu-luc": (LiveState.VALID, _("Còn hiệu lực")),
    "sap-het-han": (LiveState.EXPIRING, _("Sắp hết hạn")),
    "gia-han": (LiveState.EXTENDED, _("Được gia hạn")),
    "het-hieu-luc": (LiveState.EXPIRED, _("Hết hiệu lực")),
    "dinh-chi": (LiveState.SUSPENDED, _("Tạm đình chỉ")),
    "thu-hoi": (LiveState.REVOKED, _("Đã thu hồi")),
}
SORT_LABELS: dict[str, str | Promise] = {
    "newest": _("Mới công nhận trước"),
    "ending": _("Sắp hết hạn trước"),
    "name": _("Tên sản phẩm"),
    "producer": _("Tên chủ thể"),
    "stars": _("Nhiều sao trước"),
    "code": _("Mã chứng nhận"),
}
STARS = (5, 4, 3)
ENDS_WITHIN = (7, 30, 60, 90, 180)


@dataclass(frozen=True)
class Question:
    """What the address asks for, and the query that asks it again."""

    asked: Asked
    state: str
    sort: str
    query: str

    @property
    def is_narrowed(self) -> bool:
        return self.asked != Asked()

    @property
    def has_filters(self) -> bool:
        """Whether more is asked than words alone: then the drawer of filters stands open."""
        return self.asked != Asked(text=self.asked.text)


def read_question(query: QueryDict) -> Question:
    """Read the filters of a query string, or of the hidden copy of one."""
    state, sort = query.get("trang-thai", ""), query.get("xep", "")
    stars = _number(query.get("sao", ""), most=5)
    asked = Asked(
        text=_text(query.get("q", "")),
        state=STATES[state][0] if state in STATES else None,
        stars=stars if stars in STARS else None,
        province=_text(query.get("tinh", ""))[:2],
        commune=_text(query.get("xa", ""))[:5],
        year=_number(query.get("nam", ""), most=2999),
        within_days=_number(query.get("han", ""), most=MOST_DAYS),
        decision=_text(query.get("qd", "")),
    )
    kept = query.copy()
    kept.pop("trang", None)
    return Question(
        asked=asked,
        state=state if state in STATES else "",
        sort=sort if sort in SORTS else "newest",
        query=kept.urlencode(),
    )


def find(request: HttpRequest, question: Question, *, today: date) -> Found:
    """Return the certificates that are asked for, of those this desk may see."""
    return search_for_office(readable_certificates(request), asked=question.asked, sort=question.sort, today=today)


def choices(request: HttpRequest, question: Question) -> dict[str, object]:
    """What the drawer of filters offers."""
    communes = Commune.objects.filter(province=question.asked.province) if question.asked.province else Commune.objects.none()
    return {
        "states": [(key, label) for key, (_state, label) in STATES.items()],
        "sorts": SORT_LABELS.items(),
        "stars_offered": STARS,
        "provinces": Province.objects.order_by("folded"),
        "communes": communes.order_by("folded"),
        "years": years_of(readable_certificates(request)),
        "ends_within": ENDS_WITHIN,
    }


def with_everything(found: Found) -> list[Certificate]:
    """Load the certificates with what lists and exports show of them."""
    return list(found.certificates.select_related("decision", "province", "commune", "import_run", "superseded_by"))


def _text(value: str) -> str:
    return " ".join(value.replace("\x00", " ").split())[:LONGEST_TEXT]


def _number(value: str, *, most: int) -> int | None:
    if not (value.isascii() and value.isdecimal()) or len(value) > len(str(most)):
        return None
    return int(value) if int(value) <= most else None

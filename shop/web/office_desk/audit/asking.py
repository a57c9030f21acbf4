"""The filters of the log as they stand in the address: what cannot be read is left out, nothing is an error."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest

from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.queries import Asked, search_entries

from ..reach import readable_entries
from .reading import actors_named
from .words import KINDS

LONGEST_TEXT = 100


@dataclass(frozen=True)
class Question:
    """What was typed into the filters."""

    words: str
    actor: str
    kind: str
    object_id: str
    since: date | None
    until: date | None
    query: str

    @property
    def has_filters(self) -> bool:
        return bool(self.actor or self.kind or self.since or self.until)

    @property
    def is_narrowed(self) -> bool:
        return self.has_filters or bool(self.words or self.object_id)


def read_question(request: HttpRequest) -> Question:
    """Read the filters of the request's address."""
    kept = request.GET.copy()
    kept.pop("trang", None)
    kind = request.GET.get("loai", "")
    return Question(
        words=_text(request.GET.get("q", "")),
        actor=_text(request.GET.get("nguoi", "")),
        kind=kind if kind in KINDS else "",
        object_id=_text(request.GET.get("so", ""))[:64],
        since=_day(request.GET.get("tu", "")),
        until=_day(request.GET.get("den", "")),
        query=kept.urlencode(),
    )


def find_entries(request: HttpRequest, question: Question) -> QuerySet[AuditEntry]:
    """Return the entries that are asked for, of those this desk may read, newest first."""
    asked = Asked(
        words=question.words,
        actors=actors_named(question.actor) if question.actor else None,
        object_type=question.kind,
        object_id=question.object_id,
        since=question.since,
        until=question.until,
    )
    return search_entries(readable_entries(request), asked=asked)


def _text(value: str) -> str:
    return " ".join(value.replace("\x00", " ").split())[:LONGEST_TEXT]


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

"""What the pages of this room show, ready for templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.domain.listings.claim_guard import ClaimKind, Finding
from shop.domain.listings.differences import Difference
from shop.domain.listings.models import ListingRevision
from shop.domain.listings.moderation_queue import TextChange
from shop.domain.listings.texts import ENGLISH as ENGLISH_SUFFIX

from .words import ENGLISH, FIELDS, WARNINGS

SECONDS_PER_HOUR, HOURS_PER_DAY = 3600, 24


@dataclass(frozen=True)
class QueueRow:
    """One revision of the list."""

    revision: ListingRevision
    age: str
    parts: str
    is_first: bool


@dataclass(frozen=True)
class TextRow:
    """One text, old and new, with its name and language."""

    name: str
    language: str
    difference: Difference


@dataclass(frozen=True)
class Warning:  # noqa: A001 -- the word the page uses
    """One sentence that the claim guard found."""

    text: str | Promise
    field: str
    sentence: str


def queue_rows(revisions: Iterable[ListingRevision], *, now: datetime) -> list[QueueRow]:
    """Rows of revisions that were read by `waiting_revisions`."""
    return [
        QueueRow(
            revision=revision,
            age=age_of(revision.submitted_at or revision.saved_at, now=now),
            parts=", ".join(_parts(revision)),
            is_first=revision.listing.went_live_at is None,
        )
        for revision in revisions
    ]


def text_rows(changes: Iterable[TextChange]) -> list[TextRow]:
    """Text changes with the names people know them by."""
    return [TextRow(name_of(one.field), language_of(one.field), one.difference) for one in changes]


def warnings(findings: Iterable[Finding]) -> list[Warning]:
    """Findings in words."""
    return [Warning(WARNINGS[ClaimKind(one.kind)], name_of(one.field), one.sentence) for one in findings]


def name_of(field: str) -> str:
    """What a field is called, with its language when that is English."""
    name = str(FIELDS[field.removesuffix(ENGLISH_SUFFIX)])
    return f"{name} ({ENGLISH})" if field.endswith(ENGLISH_SUFFIX) else name


def language_of(field: str) -> str:
    """The language a field is written in."""
    return "en" if field.endswith(ENGLISH_SUFFIX) else "vi"


def age_of(since: datetime, *, now: datetime) -> str:
    """How long ago, in the largest unit that is at least one."""
    hours = int((now - since).total_seconds() // SECONDS_PER_HOUR)
    if hours >= HOURS_PER_DAY:
        days = hours // HOURS_PER_DAY
        return ngettext("%(days)s ngày", "%(days)s ngày", days) % {"days": days}
    if hours >= 1:
        return ngettext("%(hours)s giờ", "%(hours)s giờ", hours) % {"hours": hours}
    return _("dưới 1 giờ")


def _parts(revision: ListingRevision) -> list[str]:
    parts = [name_of(field) for field in revision.texts]
    return [*parts, _("Giá bán")] if revision.prices else parts or [_("Như trên giấy chứng nhận")]

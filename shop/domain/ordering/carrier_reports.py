"""What a carrier or the office reports of parcels: by the parcel's number or the carrier's own, one or a whole list.

Each parcel is a transaction of its own, so a list with one wrong line still counts for the others; sending it again
changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from shop.domain.audit_log.recording import Subject, record
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import Actor

from .fulfilling import deliver_parcel
from .locking import lock_order_of_parcel
from .undelivered import lose_parcel, turn_back

P = Parcel.Status
MOST_CODES = 500


class News(StrEnum):
    """What is reported: the buyer has it, it comes back undelivered, or nobody knows where it is."""

    DELIVERED = "delivered"
    TURNED_BACK = "turned_back"
    LOST = "lost"


@dataclass(frozen=True)
class _Act:
    """What a piece of news does, where it leads, and how the log calls it."""

    do: Callable[..., Parcel]
    target: str
    action: str


ACTS: Mapping[News, _Act] = {
    News.DELIVERED: _Act(deliver_parcel, P.DELIVERED, "parcel.delivery_reported"),
    News.TURNED_BACK: _Act(turn_back, P.RETURNING, "parcel.turning_back_reported"),
    News.LOST: _Act(lose_parcel, P.LOST, "parcel.loss_reported"),
}


class Outcome(StrEnum):
    """What became of one line of a report."""

    NOTED = "noted"
    BEFORE = "before"
    # It was delivered: what comes back after that is a return.
    ARRIVED = "arrived"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


class SourceMissing(Exception):
    """Whoever says that parcels arrived says from where that is known."""


class TooManyCodes(Exception):
    """A report has at most five hundred lines."""


@dataclass(frozen=True)
class Reported:
    """One line of a report: the code as it was written, the parcel if there is one, and what became of it."""

    code: str
    parcel: Parcel | None
    outcome: Outcome


def report_parcels(
    *, codes: Iterable[str], source: str, actor: Actor, now: datetime, news: News = News.DELIVERED
) -> list[Reported]:
    """Note what became of parcels, with all that follows for their money; `source` is the carrier's list or what else was seen.

    Raises SourceMissing, TooManyCodes; then nothing was noted.
    """
    if not source.strip():
        raise SourceMissing
    # In the order they were written, each once.
    wanted = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if len(wanted) > MOST_CODES:
        raise TooManyCodes(len(wanted))
    report = _Report(news, source.strip(), actor, now)
    return [_note(code, report) for code in wanted]


@dataclass(frozen=True)
class _Report:
    news: News
    source: str
    actor: Actor
    now: datetime


def _note(code: str, report: _Report) -> Reported:
    found = list(Parcel.objects.filter(Q(number__iexact=code) | Q(tracking_number__iexact=code)).order_by("pk")[:2])
    if not found:
        return Reported(code, None, Outcome.UNKNOWN)
    if len(found) > 1:
        return Reported(code, None, Outcome.AMBIGUOUS)
    return _take(code, found[0], report)


@transaction.atomic
def _take(code: str, parcel: Parcel, report: _Report) -> Reported:
    _, _, locked = lock_order_of_parcel(parcel_id=parcel.pk)
    outcome = _without_effect(locked, report.news)
    if outcome is not None:
        return Reported(code, locked, outcome)
    act = ACTS[report.news]
    done = act.do(parcel_id=parcel.pk, actor=report.actor, now=report.now)
    record(
        actor=report.actor,
        action=act.action,
        subject=Subject("parcel", done.pk, done.number, producer_id=done.producer_id),
        now=report.now,
        old={"status": str(locked.status)},
        new={"status": str(done.status)},
        reason=report.source,
    )
    return Reported(code, done, Outcome.NOTED)


def _without_effect(parcel: Parcel, news: News) -> Outcome | None:
    """Why a piece of news changes nothing; None when it does."""
    if parcel.delivered_at is not None:
        return Outcome.BEFORE if news == News.DELIVERED else Outcome.ARRIVED
    if parcel.status == ACTS[news].target or (news == News.TURNED_BACK and parcel.status == P.RETURNED):
        return Outcome.BEFORE
    return None if parcel.status in {P.SHIPPED, P.RETURNING} else Outcome.NOT_SENT

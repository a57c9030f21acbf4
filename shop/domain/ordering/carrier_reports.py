"""What a carrier or the office reports as delivered: by the parcel's number or the carrier's own, one or a whole list.

Each parcel is a transaction of its own, so a list with one wrong line still counts for the others; sending it again
changes nothing.
"""

from collections.abc import Iterable
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

P = Parcel.Status
ARRIVED = frozenset({P.DELIVERED, P.CLOSED, P.RETURNING, P.RETURNED})
MOST_CODES = 500


class Outcome(StrEnum):
    """What became of one line of a report."""

    DELIVERED = "delivered"
    BEFORE = "before"
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


def report_delivered(*, codes: Iterable[str], source: str, actor: Actor, now: datetime) -> list[Reported]:
    """Note parcels as delivered, with the cash its carrier took; `source` is the carrier's list or what else was seen.

    Raises SourceMissing, TooManyCodes; then nothing was noted.
    """
    if not source.strip():
        raise SourceMissing
    # In the order they were written, each once.
    wanted = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if len(wanted) > MOST_CODES:
        raise TooManyCodes(len(wanted))
    return [_report(code, source.strip(), actor, now) for code in wanted]


def _report(code: str, source: str, actor: Actor, now: datetime) -> Reported:
    found = list(Parcel.objects.filter(Q(number__iexact=code) | Q(tracking_number__iexact=code)).order_by("pk")[:2])
    if not found:
        return Reported(code, None, Outcome.UNKNOWN)
    if len(found) > 1:
        return Reported(code, None, Outcome.AMBIGUOUS)
    return _deliver(code, found[0], source, actor, now)


@transaction.atomic
def _deliver(code: str, parcel: Parcel, source: str, actor: Actor, now: datetime) -> Reported:
    _, _, locked = lock_order_of_parcel(parcel_id=parcel.pk)
    if locked.status != P.SHIPPED:
        return Reported(code, locked, Outcome.BEFORE if locked.status in ARRIVED else Outcome.NOT_SENT)
    done = deliver_parcel(parcel_id=parcel.pk, actor=actor, now=now)
    record(
        actor=actor,
        action="parcel.delivery_reported",
        subject=Subject("parcel", done.pk, done.number, producer_id=done.producer_id),
        now=now,
        old={"status": str(P.SHIPPED)},
        new={"status": str(done.status)},
        reason=source,
    )
    return Reported(code, done, Outcome.DELIVERED)

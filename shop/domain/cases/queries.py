"""Cases read for the office: the queue with its clock, and one case with its history."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Count, DateTimeField, F, Q, QuerySet, When

from shop.common.vietnamese import fold, normalise

from .models import Case, CaseMessage

State = Case.State
# An hour's warning is none: half a day leaves time to act.
SOON = timedelta(hours=12)


class Clock(StrEnum):
    """How a case stands against its clock."""

    LATE = "late"
    SOON = "soon"
    IN_TIME = "in_time"
    STOPPED = "stopped"


class Pile(StrEnum):
    """The ways the queue is looked at."""

    WAITING_FOR_US = "can-xu-ly"
    MINE = "cua-toi"
    LATE = "qua-han"
    WAITING_FOR_OTHERS = "cho-tra-loi"
    CLOSED = "da-dong"
    ALL = "tat-ca"


@dataclass(frozen=True)
class Deadline:
    """The next thing the clock asks for: taking the case up, or answering it."""

    at: datetime
    is_receipt: bool
    clock: Clock


def case_of_form(form_key: UUID) -> Case | None:
    """Return the case that this form opened before."""
    return Case.objects.filter(form_key=form_key).first()


def said_in_public(case: Case) -> list[CaseMessage]:
    """Return what reporter and office wrote to each other, oldest first; never the notes of the office."""
    return list(case.messages.exclude(author=CaseMessage.Author.NOTE).exclude(body=""))


def cases_in(pile: str, *, cases: QuerySet[Case], user_id: int | None, now: datetime) -> QuerySet[Case]:
    """Return the cases of one pile, the most overdue first; closed ones newest first."""
    found = _timed(cases).select_related("certificate", "producer", "province", "assigned_to")
    if pile == Pile.CLOSED:
        return found.filter(state=State.CLOSED).order_by("-closed_at")
    if pile == Pile.ALL:
        return found.order_by("-opened_at")
    return found.filter(_pile(pile, user_id=user_id, now=now)).order_by("next_due_at", "pk")


def count_piles(*, cases: QuerySet[Case], user_id: int | None, now: datetime) -> dict[str, int]:
    """Count every pile, in one query."""
    counts = {pile.name: Count("pk", filter=_pile(pile, user_id=user_id, now=now)) for pile in Pile if pile != Pile.ALL}
    numbers = _timed(cases).aggregate(ALL=Count("pk"), **counts)
    return {pile.value: numbers[pile.name] for pile in Pile}


def search_cases(text: str, *, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return the cases whose number, code, product or words hold every word that was typed."""
    for word in normalise(text.replace("\x00", " ")).split():
        cases = cases.filter(
            Q(number__icontains=word)
            | Q(code_as_typed__icontains=word)
            | Q(certificate__code__icontains=word)
            | Q(certificate__search_text__contains=fold(word))
            | Q(product_name__icontains=word)
            | Q(seen_at__icontains=word)
            | Q(order_number__icontains=word)
            | Q(body__icontains=word)
        )
    return cases


def deadline_of(case: Case, *, now: datetime) -> Deadline:
    """Return the next deadline of a case and how near it is."""
    is_receipt = case.taken_at is None
    at = case.receipt_due_at if is_receipt else case.due_at
    if case.state == State.CLOSED or (case.answered_at and not is_receipt):
        return Deadline(at, is_receipt, Clock.STOPPED)
    clock = Clock.LATE if at < now else Clock.SOON if at - now < SOON else Clock.IN_TIME
    return Deadline(at, is_receipt, clock)


def _timed(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Annotate `next_due_at`: by when it must be taken up or, later, answered."""
    next_due = Choice(When(taken_at=None, then=F("receipt_due_at")), default=F("due_at"), output_field=DateTimeField())
    return cases.annotate(next_due_at=next_due)


def _pile(pile: str, *, user_id: int | None, now: datetime) -> Q:
    going_on = ~Q(state=State.CLOSED)
    unanswered = Q(answered_at=None) | Q(taken_at=None)
    return {
        Pile.WAITING_FOR_US: Q(state__in=[State.OPEN, State.IN_PROGRESS]),
        Pile.MINE: going_on & Q(assigned_to=user_id),
        Pile.LATE: going_on & unanswered & Q(next_due_at__lt=now),
        Pile.WAITING_FOR_OTHERS: Q(state=State.WAITING),
        Pile.CLOSED: Q(state=State.CLOSED),
    }[Pile(pile)]

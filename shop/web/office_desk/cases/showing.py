"""A case as the desk shows it: its clock in words, what was done and said in one line of time."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.domain.cases.models import Case, CaseEvent, CaseMessage
from shop.domain.cases.queries import Clock, Deadline, deadline_of
from shop.domain.cases.words import ACTIONS, KINDS, OUTCOMES, STATES

STATE_PILLS = {
    Case.State.OPEN: ("inf", "mail"),
    Case.State.IN_PROGRESS: ("inf", "edit"),
    Case.State.WAITING: ("wrn", "chat"),
    Case.State.CLOSED: ("ok", "check"),
}
CLOCK_PILLS = {Clock.LATE: ("bad", "warn"), Clock.SOON: ("wrn", "clock"), Clock.IN_TIME: ("inf", "clock")}
HOUR, DAY = 3600, 86400


@dataclass(frozen=True)
class CaseRow:
    """One case of the queue in words."""

    case: Case
    kind: str | Promise
    title: str
    state: str | Promise
    state_pill: tuple[str, str]
    clock: str
    clock_pill: tuple[str, str]
    deadline: Deadline
    outcome: str | Promise


@dataclass(frozen=True)
class Moment:
    """One thing that happened: an act, or words with who said them."""

    at: datetime
    text: str | Promise
    who: str
    body: str = ""
    is_internal: bool = False


def row_of(case: Case, *, now: datetime) -> CaseRow:
    """Return a case in words."""
    deadline = deadline_of(case, now=now)
    return CaseRow(
        case=case,
        kind=KINDS[case.kind],
        title=_title(case),
        state=STATES[case.state],
        state_pill=STATE_PILLS[Case.State(case.state)],
        clock=_clock(deadline, now),
        clock_pill=CLOCK_PILLS.get(deadline.clock, ("", "")),
        deadline=deadline,
        outcome=OUTCOMES.get(case.outcome, ""),
    )


def tell_history(case: Case) -> list[Moment]:
    """Return acts and words, oldest first; an act that carried words is told by them."""
    events = case.events.select_related("actor")
    said = [_words(message) for message in case.messages.select_related("officer")]
    told_by_words = {CaseEvent.Action.ANSWERED, CaseEvent.Action.ASKED, CaseEvent.Action.NOTED, CaseEvent.Action.REPORTER_WROTE}
    done = [
        Moment(event.at, ACTIONS[event.action], str(event.actor or "")) for event in events if event.action not in told_by_words
    ]
    return sorted([*said, *done], key=lambda moment: moment.at)


def _words(message: CaseMessage) -> Moment:
    titles = {
        CaseMessage.Author.OFFICE: _("Văn phòng viết"),
        CaseMessage.Author.REPORTER: _("Người báo viết"),
        CaseMessage.Author.NOTE: _("Ghi chú nội bộ"),
    }
    author = CaseMessage.Author(message.author)
    return Moment(
        at=message.at,
        text=titles[author],
        who=str(message.officer or ""),
        body=message.body or _("Đã xoá."),
        is_internal=author == CaseMessage.Author.NOTE,
    )


def _title(case: Case) -> str:
    about = case.certificate.product_name if case.certificate else case.product_name
    return about or case.seen_at or case.order_number or " ".join(case.body.split())[:80]


def _clock(deadline: Deadline, now: datetime) -> str:
    if deadline.clock == Clock.STOPPED:
        return ""
    seconds = int(abs((deadline.at - now).total_seconds()))
    number = seconds // DAY
    if number >= 1:
        length = ngettext("%(number)s ngày", "%(number)s ngày", number) % {"number": number}
    else:
        number = max(seconds // HOUR, 1)
        length = ngettext("%(number)s giờ", "%(number)s giờ", number) % {"number": number}
    if deadline.clock == Clock.LATE:
        return (_("trễ nhận %(length)s") if deadline.is_receipt else _("trễ trả lời %(length)s")) % {"length": length}
    return (_("nhận trong %(length)s") if deadline.is_receipt else _("trả lời trong %(length)s")) % {"length": length}

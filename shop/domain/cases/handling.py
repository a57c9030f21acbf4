"""What the office does with a case, one function per act. Each takes the case's row first, so that of two officers one wins."""

from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.notifications.outbox import tell
from shop.domain.people.actor import Actor

from .letters import ANSWERED, ASKED, CLOSED
from .models import Case, CaseEvent, CaseMessage
from .scope import UnknownCase, reach_of

State, Action = Case.State, CaseEvent.Action


class NotOurCase(Exception):
    """Somebody else handles this case; `case` says who."""

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__(case.number)


class CaseIsClosed(Exception):
    """A closed case takes no more acts; it can be opened again."""


class WordsMissing(Exception):
    """An answer, a question, a note needs words."""


class NobodyToAnswer(Exception):
    """The reporter left no way to be reached, or it was forgotten."""


@transaction.atomic
def take_case(*, case_id: int, seen_handler_id: int | None, actor: Actor, now: datetime) -> bool:
    """Become the one who handles a case; False when that is so already.

    `seen_handler_id` is who handled it when the page was shown: raises NotOurCase when that has changed meanwhile.
    """
    case = _lock(case_id, actor)
    if case.state == State.CLOSED:
        raise CaseIsClosed(case.number)
    if case.assigned_to_id == actor.user_id:
        return False
    if case.assigned_to_id != seen_handler_id:
        raise NotOurCase(case)
    action = Action.TAKEN if case.assigned_to_id is None else Action.HANDED_OVER
    old_handler, old_state = case.assigned_to_id, case.state
    case.assigned_to_id = actor.user_id
    case.taken_at = case.taken_at or now
    if case.state == State.OPEN:
        case.state = State.IN_PROGRESS
    case.save(update_fields=["assigned_to", "taken_at", "state"])
    _note(case, action, old_state, actor=actor, now=now, old={"handler": old_handler}, new={"handler": actor.user_id})
    return True


@transaction.atomic
def answer_case(*, case_id: int, text: str, actor: Actor, now: datetime) -> CaseMessage:
    """Write to the reporter; the case goes on until it is closed. Raises NobodyToAnswer without a contact."""
    case = _lock_own(case_id, actor)
    message = _say(case, text, author=CaseMessage.Author.OFFICE, actor=actor, now=now)
    old_state, case.state, case.answered_at = case.state, State.IN_PROGRESS, now
    case.save(update_fields=["state", "answered_at"])
    _note(case, Action.ANSWERED, old_state, actor=actor, now=now)
    _tell(case, ANSWERED, key=f"message:{message.pk}", payload={"message_id": message.pk}, now=now)
    return message


@transaction.atomic
def ask_reporter(*, case_id: int, text: str, actor: Actor, now: datetime) -> CaseMessage:
    """Ask the reporter something and wait for the answer; the clock goes on."""
    case = _lock_own(case_id, actor)
    message = _say(case, text, author=CaseMessage.Author.OFFICE, actor=actor, now=now)
    old_state, case.state = case.state, State.WAITING
    case.save(update_fields=["state"])
    _note(case, Action.ASKED, old_state, actor=actor, now=now)
    _tell(case, ASKED, key=f"message:{message.pk}", payload={"message_id": message.pk}, now=now)
    return message


@transaction.atomic
def note_case(*, case_id: int, text: str, actor: Actor, now: datetime) -> CaseMessage:
    """Leave a note for colleagues; the reporter never sees it."""
    case = _lock_own(case_id, actor)
    message = _say(case, text, author=CaseMessage.Author.NOTE, actor=actor, now=now)
    _note(case, Action.NOTED, case.state, actor=actor, now=now)
    return message


@transaction.atomic
def close_case(*, case_id: int, outcome: str, text: str, actor: Actor, now: datetime) -> bool:
    """End a case with an outcome and the sentence the reporter reads; False when it is closed with this outcome already."""
    case = _lock(case_id, actor)
    if case.state == State.CLOSED:
        if case.outcome == outcome:
            return False
        raise CaseIsClosed(case.number)
    if case.assigned_to_id != actor.user_id:
        raise NotOurCase(case)
    if outcome not in Case.Outcome.values:
        raise WordsMissing
    author = CaseMessage.Author.OFFICE
    message = _say(case, text, author=author, actor=actor, now=now, must_reach=False)
    old_state, case.state, case.outcome, case.closed_at = case.state, State.CLOSED, outcome, now
    case.save(update_fields=["state", "outcome", "closed_at"])
    _note(case, Action.CLOSED, old_state, actor=actor, now=now, new={"outcome": outcome})
    if outcome != Case.Outcome.SPAM:
        _tell(case, CLOSED, key=f"closed:{message.pk}", payload={"message_id": message.pk}, now=now)
    return True


@transaction.atomic
def reopen_case(*, case_id: int, actor: Actor, now: datetime) -> bool:
    """Go on with a closed case, as the one who handles it; False when it is not closed."""
    case = _lock(case_id, actor)
    if case.state != State.CLOSED:
        return False
    old_state, old_outcome = case.state, case.outcome
    case.state, case.outcome, case.closed_at, case.assigned_to_id = State.IN_PROGRESS, "", None, actor.user_id
    case.save(update_fields=["state", "outcome", "closed_at", "assigned_to"])
    _note(case, Action.REOPENED, old_state, actor=actor, now=now, old={"outcome": old_outcome})
    return True


@transaction.atomic
def write_as_reporter(*, case_id: int, text: str, now: datetime) -> CaseMessage:
    """Add what the reporter says through the secret link; a case that waited for it goes on."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.state == State.CLOSED:
        raise CaseIsClosed(case.number)
    if not text.strip():
        raise WordsMissing
    message = CaseMessage.objects.create(case=case, at=now, author=CaseMessage.Author.REPORTER, body=text.strip())
    old_state = case.state
    if case.state == State.WAITING:
        case.state = State.IN_PROGRESS
        case.save(update_fields=["state"])
    CaseEvent.objects.create(case=case, at=now, action=Action.REPORTER_WROTE, old_state=old_state, new_state=case.state)
    return message


def _lock(case_id: int, actor: Actor) -> Case:
    # Against whom: a colleague who acts on the same case, and the reporter who writes meanwhile.
    case = Case.objects.select_for_update(of=("self",)).filter(reach_of(actor), pk=case_id).first()
    if case is None:
        raise UnknownCase(case_id)
    return case


def _lock_own(case_id: int, actor: Actor) -> Case:
    case = _lock(case_id, actor)
    if case.state == State.CLOSED:
        raise CaseIsClosed(case.number)
    if case.assigned_to_id != actor.user_id:
        raise NotOurCase(case)
    return case


def _say(case: Case, text: str, *, author: str, actor: Actor, now: datetime, must_reach: bool = True) -> CaseMessage:
    if not text.strip():
        raise WordsMissing
    if must_reach and author == CaseMessage.Author.OFFICE and not case.has_contact:
        raise NobodyToAnswer(case.number)
    return CaseMessage.objects.create(case=case, at=now, author=author, officer_id=actor.user_id, body=text.strip())


def _note(case: Case, action: str, old_state: str, *, actor: Actor, now: datetime, **changes: dict) -> None:
    CaseEvent.objects.create(case=case, at=now, actor_id=actor.user_id, action=action, old_state=old_state, new_state=case.state)
    # No words in it: whoever wrote may have written a name.
    record(
        actor=actor,
        action=f"case.{action}",
        subject=subject_of(case),
        now=now,
        old={"state": old_state, **changes.get("old", {})},
        new={"state": case.state, **changes.get("new", {})},
    )


def subject_of(case: Case) -> Subject:
    """Return how the audit log names a case, and where it belongs."""
    return Subject(
        object_type="case",
        object_id=case.pk,
        label=case.number,
        province_code=case.province_id or "",
        commune_code=case.commune_id or "",
        producer_id=case.producer_id,
    )


def _tell(case: Case, kind: str, *, key: str, payload: dict[str, int], now: datetime) -> None:
    tell(
        key=f"case:{case.pk}:{key}",
        kind=kind,
        email=case.reporter_email,
        phone=case.reporter_phone,
        language=case.language,
        payload={"case_id": case.pk, **payload},
        now=now,
    )

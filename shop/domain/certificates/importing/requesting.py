"""From the preview to the registry: asked for by one officer, approved by another where much changes."""

from datetime import datetime

from django.db import transaction

from shop.domain.people.actor import Actor

from ..models import ImportRun
from ..scope import officer_of
from .planning import Action
from .runs import WITH_A_WORKER, ImportNotReady, State, hand_to_worker, lock_run, record_import

LONGEST_REASON = 1000
WRITES = (str(Action.NEW), str(Action.CHANGED))


class PreviewOutdated(Exception):
    """The preview that was looked at is not the one that stands: somebody corrected it, or it was checked again."""


class NothingToApply(Exception):
    """No row would be written, or something is wrong with the file as a whole."""


class WarningsUnread(Exception):
    """Whoever applies a list with warnings says that they were held against the minutes."""


class OwnImport(Exception):
    """Nobody approves or refuses an import they asked for."""


class NotYourRequest(Exception):
    """Only whoever asked takes a request back; a colleague refuses it."""


class ReasonMissing(Exception):
    """Whoever sends a list back says why."""


@transaction.atomic
def request_apply(*, run_id: int, version: int, warnings_read: bool, actor: Actor, now: datetime) -> ImportRun:
    """Let a worker apply the list, or ask a colleague first; pressed again it changes nothing."""
    run = lock_run(run_id=run_id, officer=officer_of(user_id=actor.user_id))
    if run.state in {State.APPLYING, State.APPLIED, State.WAITING}:
        return run
    if run.state != State.READ:
        raise ImportNotReady(run.state)
    if version != run.version:
        raise PreviewOutdated(run.version)
    if not can_be_applied(run):
        raise NothingToApply(run.pk)
    if count_warnings(run) and not warnings_read:
        raise WarningsUnread(run.pk)
    run.requested_by_id, run.requested_at = actor.user_id, now
    run.returned_by = run.returned_at = None
    run.return_reason, run.failure = "", ""
    run.needs_colleague = bool(run.needs)
    record_import(run, "requested", actor=actor, now=now, needs=run.needs)
    if run.needs_colleague:
        run.state = State.WAITING
        run.save()
    else:
        hand_to_worker(run, State.APPLYING)
    return run


@transaction.atomic
def approve_import(*, run_id: int, actor: Actor, now: datetime) -> ImportRun:
    """Let a worker apply a list that a colleague asked for; approving again changes nothing."""
    run = lock_run(run_id=run_id, officer=officer_of(user_id=actor.user_id))
    if run.requested_by_id == actor.user_id:
        raise OwnImport(run_id)
    if run.state in {State.APPLYING, State.APPLIED} and run.approved_by_id is not None:
        return run
    if run.state != State.WAITING:
        raise ImportNotReady(run.state)
    run.approved_by_id, run.approved_at = actor.user_id, now
    hand_to_worker(run, State.APPLYING)
    record_import(run, "approved", actor=actor, now=now, requested_by=run.requested_by_id)
    return run


@transaction.atomic
def refuse_import(*, run_id: int, reason: str, actor: Actor, now: datetime) -> ImportRun:
    """Send a list back to the colleague who asked, with the reason."""
    run = lock_run(run_id=run_id, officer=officer_of(user_id=actor.user_id))
    if not reason.strip():
        raise ReasonMissing
    if run.requested_by_id == actor.user_id:
        raise OwnImport(run_id)
    if run.state != State.WAITING:
        raise ImportNotReady(run.state)
    run.returned_by_id, run.returned_at, run.return_reason = actor.user_id, now, reason.strip()[:LONGEST_REASON]
    _back_to_preview(run)
    record_import(run, "refused", actor=actor, now=now, reason=run.return_reason)
    return run


@transaction.atomic
def withdraw_import(*, run_id: int, actor: Actor, now: datetime) -> ImportRun:
    """Take one's own request back; the list stays in its preview."""
    run = lock_run(run_id=run_id, officer=officer_of(user_id=actor.user_id))
    if run.state == State.READ:
        return run
    if run.state != State.WAITING:
        raise ImportNotReady(run.state)
    if run.requested_by_id != actor.user_id:
        raise NotYourRequest(run_id)
    _back_to_preview(run)
    record_import(run, "withdrawn", actor=actor, now=now)
    return run


@transaction.atomic
def discard_import(*, run_id: int, actor: Actor, now: datetime) -> ImportRun:
    """Close a list that will not be applied; it stays in the history with its file."""
    run = lock_run(run_id=run_id, officer=officer_of(user_id=actor.user_id))
    if run.state == State.DISCARDED:
        return run
    if run.state not in {State.READ, State.FAILED}:
        raise ImportNotReady(run.state)
    run.state = State.DISCARDED
    run.save()
    record_import(run, "discarded", actor=actor, now=now)
    return run


def can_be_applied(run: ImportRun) -> bool:
    """Say whether the preview leads anywhere: rows to write, and nothing wrong with the file as a whole."""
    has_rows = any(run.report.get("actions", {}).get(action) for action in WRITES)
    return run.state not in WITH_A_WORKER and has_rows and not errors_of_file(run)


def errors_of_file(run: ImportRun) -> int:
    """Return how many problems of the file as a whole keep all of it out."""
    return run.report.get("errors_of_file", 0)


def count_warnings(run: ImportRun) -> int:
    """Return how many rows and places of the file somebody should look at before it is applied."""
    ranks = run.report.get("ranks", {})
    return ranks.get("warning", 0) + run.report.get("warnings_of_file", 0)


def _back_to_preview(run: ImportRun) -> None:
    run.state, run.needs_colleague = State.READ, False
    run.requested_by = run.requested_at = None
    run.approved_by = run.approved_at = None
    run.save()

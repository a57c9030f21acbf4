"""What a worker does with an import: read it, apply it, undo it; killed in the middle, the next one begins again.

Each piece of work is one transaction that holds the import's row, so it happens once, whole or not at all. Reading and
applying see the file's bytes and the registry of now, never what a page showed.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from shop.domain.certificates.importing.applying import lock_imports
from shop.domain.certificates.importing.checking import keep_plan, plan_of
from shop.domain.certificates.importing.planning import Plan
from shop.domain.certificates.importing.progress import tell_progress
from shop.domain.certificates.importing.runs import WITH_A_WORKER, State, record_import
from shop.domain.certificates.importing.second_officer import needs_of
from shop.domain.certificates.models import ImportRow, ImportRun
from shop.domain.people.actor import Actor

from .import_undoing import UndoBlocked, undo_import
from .importing import write_plan

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
FAULT, GIVEN_UP, REGISTRY_CHANGED, UNDO_BLOCKED = "fault", "given_up", "registry_changed", "undo_blocked"


def work_on_next(*, clock: Callable[[], datetime]) -> bool:
    """Do the next piece of work that waits; False when there is none that no other worker has."""
    taken = _take_next()
    if taken is None:
        return False
    run_id, state = taken
    try:
        if state == State.READING:
            read_run(run_id=run_id, now=clock())
        elif state == State.APPLYING:
            apply_run(run_id=run_id, now=clock())
        elif state == State.UNDOING:
            undo_import(run_id=run_id, now=clock())
    except (OperationalError, InterfaceError):
        # The database, not the list: tried again, and given up after some attempts.
        raise
    except UndoBlocked:
        _end(run_id, UNDO_BLOCKED)
    except Exception:
        # Whatever it is, nothing was written; the person who waits is told, and the log says why.
        logger.exception("import %s failed", run_id)
        _end(run_id, FAULT)
    return True


@transaction.atomic
def read_run(*, run_id: int, now: datetime) -> None:
    """Open the file, check its rows and keep them for the preview."""
    run = _lock(run_id)
    if run.state != State.READING:
        return
    keep_plan(run, plan_of(run, now=now))
    run.state = State.READ
    run.save()
    record_import(run, "read", actor=Actor(user_id=run.uploaded_by_id), now=now, version=run.version)


@transaction.atomic
def apply_run(*, run_id: int, now: datetime) -> None:
    """Write the rows into the registry; back to the preview when it says something else by now."""
    run = _lock(run_id)
    if run.state != State.APPLYING:
        return
    lock_imports()
    plan = plan_of(run, now=now)
    if _has_changed(run, plan):
        keep_plan(run, plan)
        run.state, run.failure, run.needs_colleague = State.READ, REGISTRY_CHANGED, False
        run.requested_by = run.requested_at = run.approved_by = run.approved_at = None
        run.save()
        return
    if plan.annex.entries and _differs(run, plan):
        keep_plan(run, plan)
    run.applied_by_id = run.requested_by_id
    write_plan(run=run, plan=plan, now=now, say=partial(_tell, run.pk))


def _lock(run_id: int) -> ImportRun:
    return ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)


def _tell(run_id: int, done: int) -> None:
    tell_progress(run_id=run_id, done=done)


def _has_changed(run: ImportRun, plan: Plan) -> bool:
    """Say whether more would be left out than people saw, or a colleague is needed who was not asked."""
    seen = set(run.rows.filter(rank=ImportRow.Rank.ERROR).values_list("sheet", "row"))
    bad = {(row.entry.sheet, row.entry.row) for row in plan.bad_rows}
    return bool(bad - seen) or not plan.can_be_applied or (bool(needs_of(run, plan)) and run.approved_by_id is None)


def _differs(run: ImportRun, plan: Plan) -> bool:
    counted: dict[str, int] = {}
    for row in plan.rows:
        counted[str(row.action)] = counted.get(str(row.action), 0) + 1
    return any(run.report.get("actions", {}).get(action, 0) != number for action, number in counted.items())


@transaction.atomic
def _take_next() -> tuple[int, str] | None:
    waiting = ImportRun.objects.select_for_update(skip_locked=True, no_key=True).filter(state__in=WITH_A_WORKER)
    run = waiting.order_by("pk").first()
    if run is None:
        return None
    run.attempts += 1
    run.save(update_fields=["attempts"])
    state = run.state
    if run.attempts > MOST_ATTEMPTS:
        # Whatever is in it ends the worker each time.
        _close(run, GIVEN_UP)
        return run.pk, run.state
    return run.pk, state


@transaction.atomic
def _end(run_id: int, failure: str) -> None:
    run = _lock(run_id)
    if run.state in WITH_A_WORKER:
        _close(run, failure)


def _close(run: ImportRun, failure: str) -> None:
    # What could not be undone is applied as before; anything else waits for a person.
    run.state = State.APPLIED if run.state == State.UNDOING else State.FAILED
    run.failure = failure
    if run.state == State.FAILED:
        run.needs_colleague = False
        run.requested_by = run.requested_at = run.approved_by = run.approved_at = None
    run.save()

"""One import on its way: who may see it, how it is held while it changes, what the audit log says of it."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from shop.domain.audit_log.recording import Subject, record
from shop.domain.notifications.bell import ring_bell
from shop.domain.people.actor import Actor
from shop.domain.people.models import Officer

from ..models import ImportRun

WORK_TASK = "shop.domain.listings.tasks.work_on_imports"
UNDOABLE_FOR = timedelta(hours=24)
State = ImportRun.State
# A worker has it: people wait.
WITH_A_WORKER = frozenset({State.READING, State.APPLYING, State.UNDOING})


class UnknownImport(Exception):
    """There is no such import, or it lies outside the officer's scope: the answer is the same."""


class ImportNotReady(Exception):
    """The import is in a state in which this cannot be done; `state` says in which."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


class NoImportsHere(Exception):
    """Decisions are signed by provinces and ministries: an officer of one commune imports none."""


def runs_of(*, officer: Officer | None) -> QuerySet[ImportRun]:
    """Return the imports an officer may see: all, those of the province, or none; `None` is staff, who see all."""
    return ImportRun.objects.filter(within_reach(officer=officer))


def within_reach(*, officer: Officer | None) -> Q:
    """Return the condition of `runs_of`."""
    if officer is None or officer.scope == Officer.Scope.ALL:
        return Q()
    if officer.scope == Officer.Scope.PROVINCE:
        return Q(province=officer.province_id)
    return Q(pk__in=())


def province_of(officer: Officer) -> str | None:
    """Return the province whose rows alone an officer may import, None for the whole country; raises NoImportsHere."""
    if officer.scope == Officer.Scope.COMMUNE:
        raise NoImportsHere(officer.pk)
    return officer.province_id


def lock_run(*, run_id: int, officer: Officer | None) -> ImportRun:
    """Hold the import until the transaction ends; raises UnknownImport.

    Against whom: a second press, a colleague who decides at the same time, a worker that begins. Certificates that name
    the import may be written meanwhile.
    """
    run = runs_of(officer=officer).select_for_update(no_key=True).filter(pk=run_id).first()
    if run is None:
        raise UnknownImport(run_id)
    return run


def hand_to_worker(run: ImportRun, state: str) -> None:
    """Put the import into a state in which a worker takes it up, and wake one when this is committed."""
    run.state, run.attempts, run.failure = state, 0, ""
    run.save()
    transaction.on_commit(partial(ring_bell, task=WORK_TASK), robust=True)


def can_be_undone(run: ImportRun, *, now: datetime) -> bool:
    """Say whether the day of second thoughts is still running; whether anything is in the way is asked then."""
    return run.state == State.APPLIED and run.applied_at is not None and now < run.applied_at + UNDOABLE_FOR


def record_import(run: ImportRun, action: str, *, actor: Actor, now: datetime, reason: str = "", **more: Any) -> None:
    """Write an act on an import into the audit log, with what it counts."""
    subject = Subject(object_type="import", object_id=run.pk, label=run.file_name, province_code=run.province_id or "")
    counts = run.report.get("counts", {})
    record(actor=actor, action=f"import.{action}", subject=subject, now=now, reason=reason, counts=counts, **more)

"""A person mends what a file says: a cell, a row left out, what the file does not say. The file stays as it is."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shop.domain.people.actor import Actor

from ..models import ImportCorrection, ImportRow, ImportRun
from ..scope import officer_of
from .checking import keep_plan, plan_of
from .rows import EDITABLE
from .runs import ImportNotReady, State, UnknownImport, hand_to_worker, lock_run, record_import

# Up to so many rows a check takes about a second, and whoever corrected waits for it; beyond that a worker does it.
ROWS_CHECKED_AT_ONCE = 1000
LONGEST_CELL = 1000
OPTIONS = ("authority", "number", "signed_on", "stars", "province", "sheet")


@transaction.atomic
def correct_row(*, run_id: int, row_id: int, cells: Mapping[str, str], actor: Actor, now: datetime) -> ImportRun:
    """Keep corrected cells of a row with what stood there, and check again; unchanged cells leave no trace."""
    run, row = _hold(run_id, row_id, actor)
    corrections = [
        ImportCorrection(
            run=run,
            sheet=row.sheet,
            row=row.row,
            kind=ImportCorrection.Kind.CELL,
            field=name,
            old=row.cells.get(name, ""),
            new=text.strip()[:LONGEST_CELL],
            at=now,
            by_id=actor.user_id,
        )
        for name, text in cells.items()
        if name in EDITABLE and text.strip() != row.cells.get(name, "").strip()
    ]
    if not corrections:
        return run
    ImportCorrection.objects.bulk_create(corrections)
    old = {one.field: one.old for one in corrections}
    new = {one.field: one.new for one in corrections}
    record_import(run, "corrected", actor=actor, now=now, old=old, new=new, row=row.row, sheet=row.sheet)
    return _check_again(run, now)


@transaction.atomic
def leave_row_out(*, run_id: int, row_id: int, skip: bool, actor: Actor, now: datetime) -> ImportRun:
    """Leave a row out of the import, or take it in again; what it is already changes nothing."""
    run, row = _hold(run_id, row_id, actor)
    if (row.rank == ImportRow.Rank.SKIPPED) == skip:
        return run
    kind = ImportCorrection.Kind.SKIP if skip else ImportCorrection.Kind.TAKE
    ImportCorrection.objects.create(run=run, sheet=row.sheet, row=row.row, kind=kind, at=now, by_id=actor.user_id)
    record_import(run, "row_skipped" if skip else "row_taken", actor=actor, now=now, row=row.row, sheet=row.sheet)
    return _check_again(run, now)


@transaction.atomic
def give_options(*, run_id: int, options: Mapping[str, str], actor: Actor, now: datetime) -> ImportRun:
    """Say what the file does not: number, authority, day, rank, province, sheet; and check again."""
    run = _hold_run(run_id, actor)
    said = {name: text.strip()[:LONGEST_CELL] for name, text in options.items() if name in OPTIONS and text.strip()}
    if said == run.options:
        return run
    record_import(run, "options_given", actor=actor, now=now, old=run.options, new=said)
    run.options = said
    return _check_again(run, now)


@transaction.atomic
def check_again(*, run_id: int, actor: Actor, now: datetime) -> ImportRun:
    """Hold the file against the registry of now; for one whose work failed, or that waited long."""
    run = _hold_run(run_id, actor)
    return _check_again(run, now)


def _hold_run(run_id: int, actor: Actor) -> ImportRun:
    run = lock_run(run_id=run_id, officer=officer_of(user_id=actor.user_id))
    if run.state not in {State.READ, State.FAILED}:
        raise ImportNotReady(run.state)
    return run


def _hold(run_id: int, row_id: int, actor: Actor) -> tuple[ImportRun, ImportRow]:
    run = _hold_run(run_id, actor)
    row = run.rows.filter(pk=row_id).first()
    if row is None:
        raise UnknownImport(row_id)
    return run, row


def _check_again(run: ImportRun, now: datetime) -> ImportRun:
    if run.rows.count() > ROWS_CHECKED_AT_ONCE:
        run.version += 1
        hand_to_worker(run, State.READING)
        return run
    keep_plan(run, plan_of(run, now=now))
    run.state, run.failure = State.READ, ""
    run.save()
    return run

"""Read a kept file with its corrections, hold it against the registry, and keep what people see of it."""

from collections import Counter
from datetime import datetime
from typing import Any

from shop.common.copying import copy_in

from ..annexes.annex import Annex
from ..annexes.entries import Edits
from ..models import ImportCorrection, ImportRow, ImportRun
from .keeping import file_at_hand
from .planning import Plan, plan_import
from .reading import OptionUnreadable, read_given, read_list
from .report import report_of
from .rows import rows_of
from .second_officer import needs_of

BATCH = 1000
KEPT_OF_A_ROW = (
    "position", "rank", "action", "product_name", "producer_name", "stars", "score", "valid_until", "cells", "problems",
    "differences", "stars_before", "certificate",
)  # fmt: skip


def plan_of(run: ImportRun, *, now: datetime) -> Plan:
    """Return the plan of a kept file as it stands now: its bytes, the options and corrections, the registry."""
    return plan_import(annex=_read(run, now), skip_bad_rows=True, province_code=run.province_id or "")


def keep_plan(run: ImportRun, plan: Plan) -> None:
    """Write what a plan says into the run and its rows; a newer version, so that buttons of older previews are refused."""
    rows = rows_of(run, plan)
    if run.rows.exists():
        ImportRow.objects.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["run", "sheet", "row"], update_fields=KEPT_OF_A_ROW
        )
    else:
        copy_in(rows)
    # A sheet that is no longer chosen takes its rows with it.
    if run.rows.count() != len(rows):
        kept = {(row.sheet, row.row) for row in rows}
        gone = [pk for pk, *place in run.rows.values_list("pk", "sheet", "row") if tuple(place) not in kept]
        ImportRow.objects.filter(pk__in=gone).delete()
    run.report = summary_of(run, plan, rows)
    run.needs = needs_of(run, plan)
    run.version += 1


def summary_of(run: ImportRun, plan: Plan, rows: list[ImportRow]) -> dict[str, Any]:
    """Return the report less its rows, with the problems of the file as a whole and what the chips count."""
    report = report_of(plan=plan, file=run.file_name, is_applied=False)
    of_rows = {id(problem) for row in plan.rows for problem in row.entry.problems}
    whole = [problem for problem in plan.problems if id(problem) not in of_rows]
    return {
        **{name: report[name] for name in ("decision", "decisions", "counts")},
        "ranks": dict(Counter(ImportRow.Rank(row.rank).name.lower() for row in rows)),
        "actions": dict(Counter(row.action for row in rows)),
        "valid": dict(Counter(row.action for row in rows if row.rank == ImportRow.Rank.VALID)),
        # What the person may be asked for.
        "codes": dict(Counter(problem.code for problem in plan.problems)),
        "rises": sum(1 for row in rows if row.stars_before and row.stars and row.stars > row.stars_before),
        "problems": [problem.as_stored() for problem in whole],
        # One of a row that is no entry (a total that differs) is no reason to refuse the file.
        "errors_of_file": sum(1 for problem in whole if problem.is_error and problem.row is None),
        "warnings_of_file": sum(1 for problem in whole if not problem.is_error),
    }


def _read(run: ImportRun, now: datetime) -> Annex:
    try:
        given = read_given(options=run.options)
    except OptionUnreadable as error:
        return Annex(problems=[error.problem])
    with file_at_hand(run) as path:
        return read_list(path=path, given=given, today=now.date(), edits=edits_of(run), file_name=run.file_name)


def edits_of(run: ImportRun) -> Edits:
    """Return the corrections as they stand: the last one of a cell counts, and the last word on a row."""
    cells: dict[tuple[str, int], dict[str, str]] = {}
    skipped: set[tuple[str, int]] = set()
    for correction in run.corrections.order_by("pk"):
        place = (correction.sheet, correction.row)
        if correction.kind == ImportCorrection.Kind.CELL:
            cells.setdefault(place, {})[correction.field] = correction.new
        elif correction.kind == ImportCorrection.Kind.SKIP:
            skipped.add(place)
        else:
            skipped.discard(place)
    return Edits(cells=cells, skipped=frozenset(skipped))

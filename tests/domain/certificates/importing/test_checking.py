"""What is kept of a check: rows, counts, and the last word of every correction."""

import pytest

from shop.common import clock
from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Entry
from shop.domain.certificates.annexes.problems import Problem
from shop.domain.certificates.annexes.titles import DecisionFacts
from shop.domain.certificates.importing.checking import edits_of, keep_plan, summary_of
from shop.domain.certificates.importing.planning import Action, Plan, PlannedRow, Shrunken
from shop.domain.certificates.importing.rows import rows_of
from shop.domain.certificates.models import Certificate, ImportCorrection, ImportRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return ImportRun.objects.create(file_name="danh-sach.xlsx", state="read", uploaded_at=clock.now())


def planned(row, action=Action.NEW, *codes, **more):
    entry = Entry(sheet="Phụ lục", row=row, product_name=f"Trà {row}", stars=4)
    for code in codes:
        entry.report(code)
    return PlannedRow(entry, action, **more)


def plan_of(*rows, problems=(), skipped=(), **more):
    everything = [*problems, *(problem for row in rows for problem in row.entry.problems)]
    return Plan(Annex(skipped=list(skipped), decision=DecisionFacts(number="12/QĐ-UBND")), list(rows), everything, **more)


def test_summary_of_counts_what_the_chips_show(run):
    rows = (
        planned(1),
        planned(2, Action.NEW, "producer_missing", "province_unknown"),
        planned(3, Action.UNCHANGED),
        planned(4, Action.ERROR, "product_missing"),
        planned(5, previous=Certificate(stars=3, issued_on=clock.today(), valid_until=clock.today())),
        planned(6, previous=Certificate(stars=4, issued_on=clock.today(), valid_until=clock.today())),
    )
    problems = [
        Problem("no_rows"),
        Problem("formula", row=7),
        Problem("sheet_hidden", sheet="Ẩn"),
        Problem("total_differs", row=9),
    ]
    problems = [*problems[:3], Problem("total_differs", row=9, value="5", facts={"found": "4"})]
    plan = plan_of(*rows, problems=problems, skipped=[Entry(sheet="Phụ lục", row=8)])
    for row in rows[4:]:
        row.entry.issued_on = clock.today()

    told = summary_of(run, plan, rows_of(run, plan))

    assert told["decision"]["number"] == "12/QĐ-UBND"
    assert (told["counts"]["rows"], len(told["decisions"])) == (6, 1)
    assert told["ranks"] == {"valid": 4, "warning": 1, "error": 1, "skipped": 1}
    assert told["actions"] == {"new": 4, "unchanged": 1, "error": 1, "skipped": 1}
    assert told["valid"] == {"new": 3, "unchanged": 1}
    assert told["codes"] == {
        "no_rows": 1,
        "formula": 1,
        "sheet_hidden": 1,
        "total_differs": 1,
        "producer_missing": 1,
        "province_unknown": 1,
        "product_missing": 1,
    }
    assert told["rises"] == 1
    assert told["problems"] == [problem.as_stored() for problem in problems]
    assert (told["errors_of_file"], told["warnings_of_file"]) == (1, 2)


def test_keep_plan_writes_rows_anew_and_takes_away_those_that_are_gone(run):
    keep_plan(run, plan_of(planned(1), planned(2), planned(3)))
    first = dict(run.rows.values_list("row", "pk"))

    keep_plan(run, plan_of(planned(1, Action.ERROR, "product_missing"), planned(3), shrunken=[Shrunken("12", 1, 2)]))

    assert dict(run.rows.values_list("row", "pk")) == {1: first[1], 3: first[3]}
    row = run.rows.get(row=1)
    assert (row.rank, row.action, [problem["code"] for problem in row.problems]) == (0, "error", ["product_missing"])
    assert (run.version, run.report["ranks"], [need["code"] for need in run.needs]) == (
        2,
        {"valid": 1, "error": 1},
        ["list_shrinks"],
    )


def test_edits_of_are_the_last_words(run):
    other = ImportRun.objects.create(file_name="khac.xlsx", state="read", uploaded_at=clock.now())

    def said(kind, row, field="", new="", sheet="Phụ lục", of=run):
        ImportCorrection.objects.create(run=of, kind=kind, sheet=sheet, row=row, field=field, new=new, at=clock.now())

    for words in (("cell", 3, "stars", "4"), ("cell", 3, "score", "70"), ("cell", 3, "stars", "3"), ("cell", 4, "stars", "5")):
        said(*words)
    for words in (("skip", 5), ("skip", 6), ("take", 6), ("take", 7), ("skip", 7)):
        said(*words)
    said("cell", 9, "stars", "5", of=other)

    edits = edits_of(run)

    assert edits.cells == {("Phụ lục", 3): {"stars": "3", "score": "70"}, ("Phụ lục", 4): {"stars": "5"}}
    assert edits.skipped == {("Phụ lục", 5), ("Phụ lục", 7)}

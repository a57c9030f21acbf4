"""Corrections beside the file: kept with old and new, checked at once, and the file as it was."""

import pytest
from django.db import connection, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.importing.correcting import check_again, correct_row, give_options, leave_row_out
from shop.domain.certificates.importing.runs import ImportNotReady, State, UnknownImport
from shop.domain.certificates.models import Certificate, ImportCorrection, ImportRun
from shop.domain.people.actor import Actor
from tests.factories import make_officer
from tests.factories.imports import BAD, HONEY, TEA, apply, make_applied_import, make_import, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


def correct(run, name, officer, **cells):
    row = run.rows.get(product_name=name)
    run = correct_row(run_id=run.pk, row_id=row.pk, cells=cells, actor=Actor(user_id=officer.pk), now=clock.now())
    return run.rows.get(pk=row.pk)


def bytes_of(run):
    with run.file.open("rb") as file:
        return file.read()


def skip(run, row, officer, *, skip=True):
    return leave_row_out(run_id=run.pk, row_id=row.pk, skip=skip, actor=Actor(user_id=officer.pk), now=clock.now())


def test_correct_row_is_checked_at_once_and_kept_beside_the_file(officer):
    run = make_import(HONEY, BAD, officer=officer)
    before = bytes_of(run)

    row = correct(run, "Cà phê", officer, score="71,5", product="Cà phê")

    assert (row.rank, row.problems, str(row.score)) == (2, [], "71.50")
    kept = ImportCorrection.objects.get()
    assert (kept.field, kept.old, kept.new, kept.by_id) == ("score", "66,5", "71,5", officer.pk)
    run.refresh_from_db()
    assert (run.version, bytes_of(run)) == (2, before)
    assert AuditEntry.objects.filter(action="import.corrected").count() == 1


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("stars", "7 sao", "stars_out_of_range"),
        ("product", "", "product_missing"),
        ("product", "=1+1", "formula"),
        ("issued_on", "31/02/2026", "date_unreadable"),
        ("score", "nhiều", "score_unreadable"),
        ("number", "abc", "number_unreadable"),
    ],
)
def test_correct_row_finds_what_is_wrong_with_a_correction(officer, field, text, code):
    run = make_import(HONEY, TEA, officer=officer)

    row = correct(run, "Mật ong", officer, **{field: text})

    assert (row.rank, [problem["code"] for problem in row.problems]) == (0, [code])


@pytest.mark.parametrize(
    ("field", "text", "attribute", "value"),
    [
        ("product", "Mật ong rừng", "product_name", "Mật ong rừng"),
        ("producer", "HTX Ong Rừng", "producer_name", "HTX Ong Rừng"),
        ("address", "xã Đơn Dương", "address_as_certified", "xã Đơn Dương"),
        ("group", "Đồ uống", "group_as_printed", "Đồ uống"),
        ("product_code", "68-1-3", "product_code", "68-1-3"),
        ("stars", "4", "stars", 4),
    ],
)
def test_correct_row_reaches_the_registry(officer, field, text, attribute, value):
    run = make_import((*HONEY[:4], 75), officer=officer)
    correct(run, "Mật ong", officer, **{field: text})
    run.refresh_from_db()

    apply(run, officer)

    assert getattr(Certificate.objects.get(), attribute) == value


def test_leave_row_out_and_take_it_in_again(officer):
    run = make_import(HONEY, BAD, officer=officer)
    bad = run.rows.get(product_name="Cà phê")

    assert skip(run, bad, officer).report["ranks"] == {"valid": 1, "skipped": 1}
    assert skip(run, run.rows.get(pk=bad.pk), officer).version == 2
    assert skip(run, run.rows.get(pk=bad.pk), officer, skip=False).report["ranks"] == {"valid": 1, "error": 1}
    assert [one.kind for one in run.corrections.all()] == ["skip", "take"]
    told = AuditEntry.objects.filter(action__startswith="import.row_").order_by("pk")
    assert [(one.action, one.actor_id, one.detail["row"]) for one in told] == [
        ("import.row_skipped", officer.pk, bad.row),
        ("import.row_taken", officer.pk, bad.row),
    ]


def test_leave_row_out_settles_two_rows_that_contradict(officer):
    run = make_import(HONEY, (*HONEY[:3], "4 sao", 80), officer=officer)
    assert run.report["ranks"]["error"] == 1

    first = run.rows.get(row=3)
    run = skip(run, first, officer)

    assert run.report["ranks"] == {"valid": 1, "skipped": 1}


def test_give_options_says_what_the_file_does_not(officer):
    run = make_import(HONEY, officer=officer, title="Danh sách sản phẩm của UBND tỉnh Lâm Đồng")
    assert "decision_number_missing" in run.report["codes"]

    options = {"number": "12/QĐ-UBND", "signed_on": "05/08/2026", "sheet": "", "nonsense": "x"}
    run = give_options(run_id=run.pk, options=options, actor=Actor(user_id=officer.pk), now=clock.now())

    assert run.options == {"number": "12/QĐ-UBND", "signed_on": "05/08/2026"}
    assert (run.report["decision"]["number"], run.report["ranks"]) == ("12/QĐ-UBND", {"valid": 1})


def test_give_options_that_cannot_be_read_are_a_problem_of_the_file(officer):
    run = make_import(HONEY, officer=officer)

    run = give_options(run_id=run.pk, options={"number": "abc"}, actor=Actor(user_id=officer.pk), now=clock.now())

    assert (run.report["errors_of_file"], run.rows.count()) == (1, 0)
    run = give_options(run_id=run.pk, options={}, actor=Actor(user_id=officer.pk), now=clock.now())
    assert run.report["ranks"] == {"valid": 1}


def test_a_long_list_is_checked_by_a_worker(officer, monkeypatch):
    monkeypatch.setattr("shop.domain.certificates.importing.correcting.ROWS_CHECKED_AT_ONCE", 1)
    run = make_import(HONEY, BAD, officer=officer)
    bad = run.rows.get(product_name="Cà phê")

    correct_row(run_id=run.pk, row_id=bad.pk, cells={"score": "80"}, actor=Actor(user_id=officer.pk), now=clock.now())
    run.refresh_from_db()
    assert run.state == State.READING
    work()

    run.refresh_from_db()
    assert (run.state, run.report["ranks"]) == (State.READ, {"valid": 2})


def test_corrections_end_with_the_preview(officer):
    run = make_applied_import(officer=officer)
    row = run.rows.first()

    with pytest.raises(ImportNotReady):
        skip(run, row, officer)
    with pytest.raises(ImportNotReady):
        check_again(run_id=run.pk, actor=Actor(user_id=officer.pk), now=clock.now())


def test_a_row_of_another_import_is_unknown(officer):
    run, other = make_import(officer=officer), make_import(officer=officer)

    with pytest.raises(UnknownImport):
        skip(run, other.rows.first(), officer)


def test_corrections_are_append_only(officer):
    run = make_import(HONEY, BAD, officer=officer)
    correct(run, "Cà phê", officer, score="80")

    with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
        connection.cursor().execute("UPDATE certificates_importcorrection SET new = '90'")


def test_a_list_as_long_as_the_limit_is_checked_at_once_and_one_row_more_is_not(officer, monkeypatch):
    run = make_import(HONEY, TEA, officer=officer)
    actor, limit = Actor(user_id=officer.pk), "shop.domain.certificates.importing.correcting.ROWS_CHECKED_AT_ONCE"

    monkeypatch.setattr(limit, 2)
    assert (check_again(run_id=run.pk, actor=actor, now=clock.now()).state, run.version) == (State.READ, 1)
    monkeypatch.setattr(limit, 1)
    handed = check_again(run_id=run.pk, actor=actor, now=clock.now())

    assert (handed.state, handed.version) == (State.READING, 3)


def test_check_again_forgets_a_failure_and_holds_the_file_against_the_registry_of_now(officer):
    run = make_import(HONEY, officer=officer)
    type(run).objects.filter(pk=run.pk).update(state=State.FAILED, failure="too_slow", report={}, needs=[{"code": "x"}])

    check_again(run_id=run.pk, actor=Actor(user_id=officer.pk), now=clock.now())

    run.refresh_from_db()
    assert (run.state, run.failure, run.version, run.report["ranks"], run.needs) == (State.READ, "", 2, {"valid": 1}, [])


def test_correct_row_leaves_no_trace_of_what_was_not_changed(officer):
    run = make_import(HONEY, officer=officer)

    correct(run, "Mật ong", officer, product=" Mật ong ", order="7", score="55")

    run.refresh_from_db()
    assert (run.version, ImportCorrection.objects.count(), AuditEntry.objects.filter(action="import.corrected").count()) == (
        1,
        0,
        0,
    )


def test_correct_row_tells_what_stood_there_and_cuts_what_no_cell_holds(officer):
    run = make_import(HONEY, officer=officer)

    correct(run, "Mật ong", officer, address=f" {'x' * 1200}", score="56", nonsense="y")

    kept = {one.field: (one.old, one.new, one.sheet, one.row, one.kind) for one in ImportCorrection.objects.all()}
    assert kept == {
        "address": ("xã Ninh Gia", "x" * 1000, "Phụ lục", 3, "cell"),
        "score": ("55", "56", "Phụ lục", 3, "cell"),
    }
    told = AuditEntry.objects.get(action="import.corrected")
    assert (told.actor_id, told.detail["row"], told.detail["sheet"]) == (officer.pk, 3, "Phụ lục")
    assert (told.detail["old"]["score"], told.detail["new"]["score"]) == ("55", "56")


def test_give_options_is_told_once_with_what_was_said_before(officer):
    run, actor = make_import(HONEY, officer=officer), Actor(user_id=officer.pk)

    for _press in range(2):
        again = give_options(run_id=run.pk, options={"stars": " 3 ", "sheet": "x" * 1200}, actor=actor, now=clock.now())
        assert again == run
    give_options(run_id=run.pk, options={"province": "Lâm Đồng"}, actor=actor, now=clock.now())

    told = AuditEntry.objects.filter(action="import.options_given").order_by("pk")
    first, second = {"stars": "3", "sheet": "x" * 1000}, {"province": "Lâm Đồng"}
    assert [(one.detail["old"], one.detail["new"]) for one in told] == [({}, first), (first, second)]


@pytest.mark.parametrize("state", [State.READING, State.APPLYING, State.DISCARDED, State.WAITING])
def test_nothing_is_corrected_that_somebody_else_has(officer, state):
    fields = {"requested_by": make_officer(), "needs_colleague": True} if state == State.WAITING else {}
    run = ImportRun.objects.create(file_name="danh-sach.xlsx", state=state, uploaded_at=clock.now(), **fields)

    with pytest.raises(ImportNotReady, match=state):
        give_options(run_id=run.pk, options={"stars": "3"}, actor=Actor(user_id=officer.pk), now=clock.now())

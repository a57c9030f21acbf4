"""From preview to registry: the version that was seen, warnings read, and a second officer where much changes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.importing import requesting
from shop.domain.certificates.importing.requesting import (
    approve_import,
    discard_import,
    refuse_import,
    request_apply,
    withdraw_import,
)
from shop.domain.certificates.importing.runs import ImportNotReady, State, UnknownImport, runs_of
from shop.domain.certificates.models import Certificate, ImportRun
from shop.domain.people.actor import Actor
from shop.domain.people.models import Officer
from tests.factories import make_commune, make_officer, make_province
from tests.factories.imports import BAD, HONEY, TEA, make_applied_import, make_import, work

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 5)


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def colleague():
    return make_officer()


def ask(run, officer, **said):
    said = {"version": run.version, "warnings_read": True, **said}
    return request_apply(run_id=run.pk, actor=Actor(user_id=officer.pk), now=clock.now(), **said)


def approve(run, officer):
    return approve_import(run_id=run.pk, actor=Actor(user_id=officer.pk), now=clock.now())


@pytest.fixture
def waiting(officer):
    """A list that leaves out one of the two certificates that its decision gave, and completes the other."""
    make_applied_import(HONEY, ("Trà", None, "xã Ninh Gia", "3 sao", None), officer=officer)
    run = make_import(("Trà", "HTX Trà", "xã Ninh Gia", "3 sao", None), officer=officer)
    return ask(run, officer)


def test_request_apply_waits_for_a_colleague_where_a_list_shrinks(waiting, officer):
    work()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.requested_by_id) == (State.WAITING, officer.pk)
    assert waiting.needs == [{"code": "list_shrinks", "number": "12/QĐ-UBND", "missing": 1, "known": 2}]
    assert Certificate.objects.filter(producer=None).count() == 1


def test_approve_import_lets_a_worker_apply_it(waiting, colleague):
    approve(waiting, colleague)
    work()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.approved_by_id) == (State.APPLIED, colleague.pk)
    assert Certificate.objects.get(product_name="Trà").producer.name == "HTX Trà"
    assert approve(waiting, colleague).state == State.APPLIED
    assert approve(waiting, make_officer()).approved_by_id == colleague.pk


def test_approve_import_is_refused_to_whoever_asked_and_by_the_database(waiting, officer):
    with pytest.raises(requesting.OwnImport):
        approve(waiting, officer)

    with pytest.raises(IntegrityError, match="nobody_approves_an_import_they_asked_for"), transaction.atomic():
        ImportRun.objects.filter(pk=waiting.pk).update(approved_by=officer.pk)
    with pytest.raises(IntegrityError, match="an_import_that_needs_a_colleague_has_one"), transaction.atomic():
        ImportRun.objects.filter(pk=waiting.pk).update(state=State.APPLYING)


def test_refuse_import_sends_it_back_with_the_reason(waiting, officer, colleague):
    actor = Actor(user_id=colleague.pk)
    with pytest.raises(requesting.ReasonMissing):
        refuse_import(run_id=waiting.pk, reason="  ", actor=actor, now=clock.now())
    with pytest.raises(requesting.OwnImport):
        refuse_import(run_id=waiting.pk, reason="Thiếu", actor=Actor(user_id=officer.pk), now=clock.now())

    run = refuse_import(run_id=waiting.pk, reason="Thiếu một dòng", actor=actor, now=clock.now())

    assert (run.state, run.return_reason, run.returned_by_id) == (State.READ, "Thiếu một dòng", colleague.pk)
    with pytest.raises(ImportNotReady):
        approve(run, colleague)


def test_withdraw_import_is_for_whoever_asked(waiting, officer, colleague):
    with pytest.raises(requesting.NotYourRequest):
        withdraw_import(run_id=waiting.pk, actor=Actor(user_id=colleague.pk), now=clock.now())

    run = withdraw_import(run_id=waiting.pk, actor=Actor(user_id=officer.pk), now=clock.now())

    assert (run.state, run.requested_by) == (State.READ, None)
    assert withdraw_import(run_id=waiting.pk, actor=Actor(user_id=officer.pk), now=clock.now()) == run


def test_warnings_of_rows_and_of_the_file_are_counted_together():
    assert requesting.count_warnings(ImportRun(report={})) == 0
    assert requesting.count_warnings(ImportRun(report={"ranks": {"warning": 2, "error": 9}, "warnings_of_file": 3})) == 5


def test_officers_see_the_imports_of_their_reach(officer):
    run = make_import(officer=officer)
    lam_dong, far = (make_officer(scope=Officer.Scope.PROVINCE, province=make_province(code)) for code in ("68", "19"))
    ImportRun.objects.filter(pk=run.pk).update(province="68")
    commune = make_officer(scope=Officer.Scope.COMMUNE, commune=make_commune())

    seen = [list(runs_of(officer=one)) for one in (None, officer.officer, lam_dong.officer, far.officer, commune.officer)]

    assert seen == [[run], [run], [run], [], []]


def test_request_apply_needs_a_colleague_where_much_of_the_area_changes(officer):
    nameless = [(f"Trà {number}", None, "xã Ninh Gia", "3 sao", None) for number in range(3)]
    make_applied_import(*nameless, officer=officer)

    run = make_import(*[(name, "HTX Trà", *rest) for name, _producer, *rest in nameless], officer=officer)

    assert run.needs == [{"code": "many_change", "changed": 3, "known": 3}]


def test_request_apply_takes_renewals_for_changes(officer):
    make_applied_import(HONEY, TEA, officer=officer)

    run = make_import(HONEY, TEA, officer=officer, number="13/QĐ-UBND", day=date(2026, 8, 6))

    assert [need["code"] for need in run.needs] == ["many_change"]
    assert run.rows.get(product_name="Mật ong").stars_before == 3


def test_request_apply_of_an_older_preview_is_refused(officer):
    run = make_import(officer=officer)

    with pytest.raises(requesting.PreviewOutdated):
        ask(run, officer, version=run.version - 1)
    assert ask(run, officer).state == State.APPLYING
    # The second press of one button.
    assert ask(run, officer).state == State.APPLYING


def test_request_apply_wants_warnings_read(officer):
    run = make_import(("Trà", None, "xã Ninh Gia", "3 sao", None), officer=officer)

    with pytest.raises(requesting.WarningsUnread):
        ask(run, officer, warnings_read=False)


def test_request_apply_of_nothing_is_refused(officer):
    with pytest.raises(requesting.NothingToApply):
        ask(make_import(BAD, officer=officer), officer)
    with pytest.raises(requesting.NothingToApply):
        ask(make_import(HONEY, officer=officer, title="Danh sách"), officer)


def test_discard_import_closes_it(officer):
    run = make_import(officer=officer)

    assert discard_import(run_id=run.pk, actor=Actor(user_id=officer.pk), now=clock.now()).state == State.DISCARDED
    with pytest.raises(ImportNotReady):
        ask(run, officer)


def test_imports_of_a_province_are_unknown_elsewhere(officer):
    run = make_import(officer=officer)
    elsewhere = make_officer(scope=Officer.Scope.PROVINCE, province=make_province("68"))

    with pytest.raises(UnknownImport):
        ask(run, elsewhere)


NOW = clock.now()
WRITES_ONE = {"actions": {"new": 1, "unchanged": 4}, "counts": {"rows": 5}}


def kept(state=State.READ, **fields):
    """A run as the database keeps it, without a file."""
    if state == State.WAITING:
        fields = {"requested_by": make_officer(), "needs_colleague": True} | fields
    if state in {State.APPLIED, State.UNDOING, State.UNDONE}:
        fields |= {"applied_at": NOW, "undone_at": NOW}
    fields = {"report": WRITES_ONE, "version": 3, "uploaded_at": NOW} | fields
    return ImportRun.objects.create(file_name="danh-sach.xlsx", state=state, **fields)


def told(run):
    return list(AuditEntry.objects.filter(object_type="import", object_id=str(run.pk)).order_by("pk"))


def test_request_apply_writes_down_who_asked_and_forgets_what_was_before(officer, colleague):
    run = kept(returned_by=colleague, returned_at=NOW, return_reason="Thiếu", failure="too_slow", attempts=2)

    ask(run, officer)

    run.refresh_from_db()
    assert (run.state, run.requested_by_id, run.needs_colleague, run.attempts) == (State.APPLYING, officer.pk, False, 0)
    assert run.requested_at is not None
    assert (run.returned_by, run.returned_at, run.return_reason, run.failure) == (None, None, "", "")
    (entry,) = told(run)
    assert (entry.action, entry.actor_id, entry.label) == ("import.requested", officer.pk, "danh-sach.xlsx")
    assert (entry.detail["needs"], entry.detail["counts"]) == ([], {"rows": 5})


def test_request_apply_with_needs_waits(officer):
    run = kept(needs=[{"code": "many_change"}])

    assert ask(run, officer).state == State.WAITING
    run.refresh_from_db()
    assert (run.state, run.needs_colleague) == (State.WAITING, True)
    assert [entry.detail["needs"] for entry in told(run)] == [[{"code": "many_change"}]]
    assert (ask(run, officer).pk, len(told(run))) == (run.pk, 1)


@pytest.mark.parametrize("state", [State.READING, State.UNDOING, State.UNDONE, State.FAILED, State.DISCARDED])
def test_only_what_was_read_can_be_asked_for(officer, state):
    with pytest.raises(ImportNotReady, match=state):
        ask(kept(state), officer)


def test_warnings_are_read_before_and_none_asks_for_nothing(officer):
    with pytest.raises(requesting.WarningsUnread):
        ask(kept(report={**WRITES_ONE, "warnings_of_file": 1}), officer, warnings_read=False)
    assert ask(kept(), officer, warnings_read=False).state == State.APPLYING


@pytest.mark.parametrize(
    ("state", "report", "leads_on"),
    [
        (State.READ, {"actions": {"new": 1}}, True),
        (State.READ, {"actions": {"changed": 1}}, True),
        (State.READ, {"actions": {"unchanged": 1, "new": 0}}, False),
        (State.READ, {}, False),
        (State.READ, {"actions": {"new": 1}, "errors_of_file": 1}, False),
        (State.FAILED, {"actions": {"new": 1}}, True),
        (State.READING, {"actions": {"new": 1}}, False),
        (State.APPLYING, {"actions": {"new": 1}}, False),
    ],
)
def test_a_preview_leads_on_where_rows_are_to_be_written(state, report, leads_on):
    assert requesting.can_be_applied(ImportRun(state=state, report=report)) is leads_on
    assert requesting.errors_of_file(ImportRun(report=report)) == report.get("errors_of_file", 0)


def test_approve_import_says_who_and_when(officer, colleague):
    run = kept(State.WAITING, requested_by=officer)

    assert approve(run, colleague).approved_by_id == colleague.pk

    run.refresh_from_db()
    assert (run.state, run.approved_by_id, run.approved_at is None) == (State.APPLYING, colleague.pk, False)
    assert [(one.action, one.actor_id, one.detail["requested_by"]) for one in told(run)] == [
        ("import.approved", colleague.pk, officer.pk)
    ]
    assert (approve(run, colleague).pk, len(told(run))) == (run.pk, 1)


@pytest.mark.parametrize("state", [State.READ, State.APPLYING, State.APPLIED, State.DISCARDED])
def test_what_does_not_wait_is_neither_approved_nor_refused_nor_withdrawn(officer, colleague, state):
    run = kept(state, requested_by=officer)

    with pytest.raises(ImportNotReady):
        approve(run, colleague)
    with pytest.raises(ImportNotReady):
        refuse_import(run_id=run.pk, reason="Thiếu", actor=Actor(user_id=colleague.pk), now=NOW)
    if state != State.READ:
        with pytest.raises(ImportNotReady):
            withdraw_import(run_id=run.pk, actor=Actor(user_id=officer.pk), now=NOW)
    assert told(run) == []


def test_refuse_import_takes_the_request_away_and_keeps_the_reason(officer, colleague):
    run = kept(State.WAITING, requested_by=officer, requested_at=NOW)

    refuse_import(run_id=run.pk, reason=f" {'x' * 1200} ", actor=Actor(user_id=colleague.pk), now=NOW)

    run.refresh_from_db()
    assert (run.state, run.needs_colleague, run.requested_by, run.requested_at) == (State.READ, False, None, None)
    assert (run.return_reason, run.returned_at, run.returned_by_id) == ("x" * 1000, NOW, colleague.pk)
    assert [(one.action, one.reason) for one in told(run)] == [("import.refused", "x" * 1000)]


def test_withdraw_import_leaves_the_preview(officer):
    run = kept(State.WAITING, requested_by=officer, requested_at=NOW)
    actor = Actor(user_id=officer.pk)

    withdraw_import(run_id=run.pk, actor=actor, now=NOW)

    run.refresh_from_db()
    assert (run.state, run.needs_colleague, run.requested_by, run.requested_at) == (State.READ, False, None, None)
    assert withdraw_import(run_id=run.pk, actor=actor, now=NOW) == run
    assert [(one.action, one.actor_id) for one in told(run)] == [("import.withdrawn", officer.pk)]


def test_discard_import_is_written_down_once(officer):
    actor = Actor(user_id=officer.pk)
    for state in (State.READ, State.FAILED):
        run = kept(state)
        for _press in range(2):
            assert discard_import(run_id=run.pk, actor=actor, now=NOW).state == State.DISCARDED
        run.refresh_from_db()
        assert (run.state, [one.action for one in told(run)]) == (State.DISCARDED, ["import.discarded"])
    for state in (State.READING, State.APPLYING, State.APPLIED, State.WAITING, State.UNDONE):
        with pytest.raises(ImportNotReady):
            discard_import(run_id=kept(state).pk, actor=actor, now=NOW)

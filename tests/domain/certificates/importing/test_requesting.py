"""From preview to registry: the version that was seen, warnings read, and a second officer where much changes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
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

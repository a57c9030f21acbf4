"""One import on its way: who may see it, when it can be taken back, what is written down of it."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.importing.progress import progress_of, tell_progress
from shop.domain.certificates.importing.runs import (
    NoImportsHere,
    State,
    UnknownImport,
    can_be_undone,
    hand_to_worker,
    lock_run,
    province_of,
    record_import,
)
from shop.domain.certificates.models import ImportRun
from shop.domain.people.actor import Actor
from tests.factories import make_commune, make_officer, make_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    province = make_province("68")
    return ImportRun.objects.create(file_name="danh-sach.xlsx", state="failed", uploaded_at=clock.now(), province=province)


def test_province_of_is_what_an_officer_answers_for():
    assert province_of(make_officer().officer) is None
    assert province_of(make_officer(scope="province", province=make_province("68")).officer) == "68"
    with pytest.raises(NoImportsHere):
        province_of(make_officer(scope="commune", commune=make_commune()).officer)


def test_lock_run_is_that_of_the_officers_reach(run):
    assert lock_run(run_id=run.pk, officer=None) == run
    assert lock_run(run_id=run.pk, officer=make_officer().officer) == run
    for officer in (
        make_officer(scope="province", province=make_province("19")),
        make_officer(scope="commune", commune=make_commune()),
    ):
        with pytest.raises(UnknownImport):
            lock_run(run_id=run.pk, officer=officer.officer)
    with pytest.raises(UnknownImport):
        lock_run(run_id=run.pk + 1, officer=None)


def test_hand_to_worker_begins_anew_and_rings_when_it_is_sure(run, django_capture_on_commit_callbacks, monkeypatch):
    rung = []
    monkeypatch.setattr("shop.domain.certificates.importing.runs.ring_bell", lambda **said: rung.append(said))
    run.attempts, run.failure = 3, "too_slow"

    with django_capture_on_commit_callbacks(execute=True):
        hand_to_worker(run, State.READING)
        assert rung == []

    run.refresh_from_db()
    assert (run.state, run.attempts, run.failure) == (State.READING, 0, "")
    assert rung == [{"task": "shop.domain.listings.tasks.work_on_imports"}]


@pytest.mark.parametrize(
    ("state", "age", "can_be"),
    [
        (State.APPLIED, timedelta(hours=23, minutes=59), True),
        (State.APPLIED, timedelta(hours=24), False),
        (State.APPLIED, None, False),
        (State.UNDONE, timedelta(hours=1), False),
    ],
)
def test_an_import_can_be_undone_for_a_day(state, age, can_be):
    now = clock.now()

    assert can_be_undone(ImportRun(state=state, applied_at=now - age if age else None), now=now) is can_be


def test_record_import_tells_what_it_counts(run):
    run.report = {"counts": {"rows": 5}}
    officer = make_officer()

    record_import(run, "uploaded", actor=Actor(user_id=officer.pk), now=clock.now(), reason="vì sao", size=7)

    told = AuditEntry.objects.get()
    assert (told.action, told.object_type, told.object_id, told.label) == (
        "import.uploaded",
        "import",
        str(run.pk),
        "danh-sach.xlsx",
    )
    assert (told.actor_id, told.province_code, told.reason) == (officer.pk, "68", "vì sao")
    assert (told.detail["counts"], told.detail["size"]) == ({"rows": 5}, 7)


def test_progress_is_a_hint_of_its_own_run():
    tell_progress(run_id=1, done=300)

    assert (progress_of(run_id=1), progress_of(run_id=2)) == (300, 0)

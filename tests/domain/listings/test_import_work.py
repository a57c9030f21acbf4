"""What a worker does: once, whole or not at all, and begun again by the next one."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.importing.requesting import request_apply
from shop.domain.certificates.importing.runs import State
from shop.domain.certificates.models import Certificate, CertificateEvent
from shop.domain.listings import import_work
from shop.domain.listings.import_work import MOST_ATTEMPTS, apply_run, work_on_next
from shop.domain.people.actor import Actor
from tests.factories import make_officer
from tests.factories.imports import BAD, HONEY, TEA, bring, list_bytes, make_applied_import, make_import, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


def ask(run, officer):
    run.refresh_from_db()
    request_apply(run_id=run.pk, version=run.version, warnings_read=True, actor=Actor(user_id=officer.pk), now=clock.now())


def test_work_on_next_reads_then_waits_for_a_person(officer):
    run = bring(list_bytes(HONEY, BAD), officer=officer)
    assert run.state == State.READING

    work()

    run.refresh_from_db()
    assert (run.state, run.version, run.report["ranks"]) == (State.READ, 1, {"valid": 1, "error": 1})
    assert Certificate.objects.count() == 0
    assert not work_on_next(clock=clock.now)


def test_work_on_next_applies_the_good_rows_and_names_who_did_it(officer):
    run = make_applied_import(HONEY, BAD, officer=officer)

    certificate = Certificate.objects.get()
    assert (run.state, run.applied_by_id, certificate.import_run) == (State.APPLIED, officer.pk, run)
    assert CertificateEvent.objects.get().actor_id == officer.pk
    assert run.rows.get(row=3).certificate == certificate
    acts = AuditEntry.objects.filter(object_type="import").order_by("pk").values_list("action", "actor_id")
    assert list(acts) == [(f"import.{act}", officer.pk) for act in ("uploaded", "read", "requested", "applied")]
    assert AuditEntry.objects.get(action="import.applied").detail["counts"]["new"] == 1


def test_apply_run_again_writes_nothing(officer):
    run = make_applied_import(officer=officer)
    events = CertificateEvent.objects.count()

    apply_run(run_id=run.pk, now=clock.now())

    assert CertificateEvent.objects.count() == events


def test_apply_run_stops_at_a_registry_that_says_something_else_by_now(officer):
    run = make_import((*HONEY[:3], "4 sao", 80), TEA, officer=officer)
    # A colleague was quicker with another list of the same decision.
    make_applied_import(HONEY)

    ask(run, officer)
    work()

    run.refresh_from_db()
    assert (run.state, run.failure, run.requested_by) == (State.READ, "registry_changed", None)
    assert run.report["actions"] == {"conflicting": 1, "new": 1}
    assert Certificate.objects.get().stars == 3


def test_work_that_fails_writes_nothing_and_says_so(officer, monkeypatch):
    run = make_import(officer=officer)
    ask(run, officer)
    monkeypatch.setattr("shop.domain.listings.importing.take_over_products", _fail)

    work()

    run.refresh_from_db()
    assert (run.state, run.failure) == (State.FAILED, "fault")
    assert Certificate.everything.count() == CertificateEvent.objects.count() == 0


def test_work_that_ends_its_worker_each_time_is_given_up(officer, monkeypatch):
    run = bring(list_bytes(HONEY), officer=officer)

    def die(**_anything):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_work, "read_run", die)
    for _attempt in range(MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            work_on_next(clock=clock.now)

    assert work_on_next(clock=clock.now)

    run.refresh_from_db()
    assert (run.state, run.failure) == (State.FAILED, "given_up")
    assert not work_on_next(clock=clock.now)


def _fail(**_anything):
    raise RuntimeError("the disk is full")

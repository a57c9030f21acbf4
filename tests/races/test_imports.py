"""Lists pressed twice, signed twice, taken back while another is written, and a worker killed in the middle.

Each race has a twin without its guard, in which what the guard promises is not so.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.importing import requesting, runs
from shop.domain.certificates.importing.progress import progress_of
from shop.domain.certificates.importing.requesting import approve_import, request_apply
from shop.domain.certificates.importing.runs import State
from shop.domain.certificates.models import Certificate, CertificateEvent, ImportRun
from shop.domain.listings import import_undoing, import_work, importing
from shop.domain.listings.import_undoing import UndoBlocked, request_undo, undo_import
from shop.domain.listings.import_work import apply_run
from shop.domain.listings.models import Listing
from shop.domain.listings.tasks import work_on_imports
from shop.domain.people.actor import Actor
from tests.factories import make_officer
from tests.factories.imports import HONEY, TEA, make_applied_import, make_import
from tests.fixtures.processes import poll_until
from tests.races.senders import kill_worker

pytestmark = pytest.mark.django_db(transaction=True)
NAMELESS = ("Mật ong", None, "xã Ninh Gia", "3 sao", None)
MEETING_SECONDS = 2


def at_once(*acts):
    """Run the acts in threads of their own; returns what each returned or raised."""

    def one(act):
        try:
            return act()
        except Exception as error:  # noqa: BLE001 -- what it is, is the question
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(acts)) as hands:
        return [hand.result() for hand in [hands.submit(one, act) for act in acts]]


def asked(run, officer):
    run.refresh_from_db()
    actor = Actor(user_id=officer.pk)
    return request_apply(run_id=run.pk, version=run.version, warnings_read=True, actor=actor, now=clock.now())


def meeting(monkeypatch, module, name):
    """Let both threads come to this function before either goes on, unless a guard keeps one of them away."""
    barrier, original = threading.Barrier(2), getattr(module, name)

    def meet(*arguments, **keywords):
        try:
            barrier.wait(timeout=MEETING_SECONDS)
        except threading.BrokenBarrierError:
            pass
        return original(*arguments, **keywords)

    monkeypatch.setattr(module, name, meet)


def applied_twice_at_once(monkeypatch):
    officer = make_officer()
    run = asked(make_import(HONEY, TEA, officer=officer), officer)
    meeting(monkeypatch, import_work, "lock_imports")
    answers = at_once(*[lambda: apply_run(run_id=run.pk, now=clock.now())] * 2)
    return answers, AuditEntry.objects.filter(action="import.applied").count()


def test_two_workers_apply_a_list_once(monkeypatch):
    answers, applied = applied_twice_at_once(monkeypatch)

    assert (answers, applied) == ([None, None], 1)
    assert Certificate.objects.count() == Listing.objects.count() == CertificateEvent.objects.count() == 2


def test_without_the_lock_of_its_row_a_list_is_applied_twice(monkeypatch):
    monkeypatch.setattr(import_work, "_lock", lambda run_id: ImportRun.objects.get(pk=run_id))

    _answers, applied = applied_twice_at_once(monkeypatch)

    assert applied == 2


def undone_while_another_list_completes_it(monkeypatch):
    """A list is taken back while the next one writes a producer into its certificate."""
    officer = make_officer()
    first = make_applied_import(NAMELESS, officer=officer)
    # Enough certificates that one completion is not much of the registry.
    second = asked(make_import(HONEY, officer=officer), officer)
    request_undo(run_id=first.pk, actor=Actor(user_id=officer.pk), now=clock.now())
    planned, is_over, original = threading.Event(), threading.Event(), importing.write_batch

    def write_after_the_undo(*arguments):
        planned.set()
        is_over.wait(timeout=MEETING_SECONDS)
        return original(*arguments)

    monkeypatch.setattr(importing, "write_batch", write_after_the_undo)

    def undo():
        planned.wait(timeout=10)
        try:
            undo_import(run_id=first.pk, now=clock.now())
        finally:
            is_over.set()

    return at_once(lambda: apply_run(run_id=second.pk, now=clock.now()), undo)


def test_a_list_is_not_taken_back_while_another_builds_on_it(monkeypatch):
    answers = undone_while_another_list_completes_it(monkeypatch)

    assert answers[0] is None
    assert isinstance(answers[1], UndoBlocked)
    assert Certificate.objects.get().producer.name == "HTX Ong Vàng"


def test_without_the_lock_of_imports_the_ground_goes_away(monkeypatch):
    monkeypatch.setattr(import_undoing, "lock_imports", lambda: None)

    answers = undone_while_another_list_completes_it(monkeypatch)

    assert answers[1] is None
    assert answers[0] is not None
    assert Certificate.objects.count() == 0


def signed_twice_at_once(monkeypatch):
    officer, first, second = make_officer(), make_officer(), make_officer()
    make_applied_import(NAMELESS, TEA, officer=officer)
    run = asked(make_import(HONEY, officer=officer), officer)
    assert run.state == State.WAITING
    meeting(monkeypatch, requesting, "hand_to_worker")

    def sign(colleague):
        return approve_import(run_id=run.pk, actor=Actor(user_id=colleague.pk), now=clock.now())

    answers = at_once(lambda: sign(first), lambda: sign(second))
    assert not any(isinstance(answer, Exception) for answer in answers)
    return AuditEntry.objects.filter(action="import.approved").count()


def test_two_colleagues_sign_a_list_once(monkeypatch):
    assert signed_twice_at_once(monkeypatch) == 1


def test_without_the_lock_of_its_row_a_list_is_signed_twice(monkeypatch):
    monkeypatch.setattr(requesting, "lock_run", lambda run_id, officer: runs.runs_of(officer=officer).get(pk=run_id))

    assert signed_twice_at_once(monkeypatch) == 2


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_finishes(celery_worker_process):
    rows = [(f"Mật ong số {number}", f"HTX Ong {number % 500}", "xã Ninh Gia", "3 sao", 55) for number in range(6000)]
    officer = make_officer()
    run = make_import(*rows, officer=officer)
    worker = celery_worker_process()
    asked(run, officer)
    work_on_imports.delay()
    poll_until(lambda: progress_of(run_id=run.pk) >= 1000, what="the first thousand rows")
    kill_worker(worker)

    assert Certificate.everything.count() == CertificateEvent.objects.count() == Listing.objects.count() == 0
    run.refresh_from_db()
    assert run.state == State.APPLYING

    celery_worker_process()
    work_on_imports.delay()
    poll_until(lambda: ImportRun.objects.filter(pk=run.pk, state=State.APPLIED).exists(), what="the whole list", seconds=180)
    assert Certificate.objects.count() == CertificateEvent.objects.count() == 6000
    assert AuditEntry.objects.filter(action="import.applied").count() == 1

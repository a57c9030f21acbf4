"""The same form sent by eight hands at once is one case; of two officers who take it at once, one has it."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections

from shop.common import clock
from shop.domain.cases import handling, opening
from shop.domain.cases.handling import NotOurCase, take_case
from shop.domain.cases.models import Case, CaseEvent
from shop.domain.cases.opening import Report, Reporter, open_case
from shop.domain.notifications.models import OutboxMessage
from shop.domain.producers.staff import actor_of
from tests.factories import make_case, make_officer

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8
READ_TO_WRITE_SECONDS = 0.1


def at_once(*acts):
    """Do everything at the same moment, each over a connection of its own; returns results or refusals."""
    start = Barrier(len(acts))

    def do(act):
        connection.ensure_connection()
        start.wait()
        try:
            return act()
        except NotOurCase as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def send_eight_times():
    key = uuid4()
    reporter = Reporter(email="buoi@example.vn", has_consented=True)

    def send():
        return open_case(form_key=key, report=Report(kind="question", body="Bao giờ có chè?"), reporter=reporter, now=clock.now())

    return at_once(*[send] * HANDS)


@pytest.fixture
def _long_between_reading_and_writing(monkeypatch):
    """All hands look for the case before one of them has written it."""
    write = opening._write

    def write_late(*values, **words):
        time.sleep(READ_TO_WRITE_SECONDS)
        return write(*values, **words)

    monkeypatch.setattr(opening, "_write", write_late)


def take_twice():
    case, officers = make_case(), [actor_of(user=make_officer()) for _ in range(2)]
    takers = [
        lambda officer=officer: take_case(case_id=case.pk, seen_handler_id=None, actor=officer, now=clock.now())
        for officer in officers
    ]
    return at_once(*takers)


@pytest.mark.usefixtures("_long_between_reading_and_writing")
def test_a_form_sent_eight_times_at_once_is_one_case():
    answers = send_eight_times()

    assert len({case.pk for case in answers}) == 1
    assert (Case.objects.count(), OutboxMessage.objects.filter(kind="case_received").count()) == (1, 1)


@pytest.mark.usefixtures("_long_between_reading_and_writing")
def test_without_the_unique_key_it_would_be_many():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'cases_case'::regclass AND contype = 'u'"
            " AND pg_get_constraintdef(oid) LIKE '%(form_key)%'"
        )
        (name,) = cursor.fetchone()
        cursor.execute(f'ALTER TABLE cases_case DROP CONSTRAINT "{name}"')

    send_eight_times()

    assert Case.objects.count() > 1


def test_of_two_officers_one_takes_the_case():
    answers = take_twice()

    assert [type(answer) for answer in answers if answer is not True] == [NotOurCase]
    assert CaseEvent.objects.filter(action="taken").count() == 1


def test_without_the_lock_both_would_have_it(monkeypatch):
    def read_only(case_id, actor):
        case = Case.objects.get(pk=case_id)
        time.sleep(READ_TO_WRITE_SECONDS)
        return case

    monkeypatch.setattr(handling, "_lock", read_only)

    assert take_twice() == [True, True]

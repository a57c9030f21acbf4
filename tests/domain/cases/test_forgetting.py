"""A reporter is forgotten some time after the case is closed; the case and what was done stay."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.cases.forgetting import blank_closed_cases, cases_of_person, forget_person
from shop.domain.cases.handling import answer_case, close_case, take_case
from shop.domain.cases.models import Case
from shop.domain.cases.opening import Reporter
from shop.domain.notifications.kinds import NothingToTell
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.producers.staff import actor_of
from tests.factories import make_case, make_officer

pytestmark = pytest.mark.django_db
NOW = clock.now()
BUOI = Reporter(name="Trần Thị Bưởi", email="Buoi@example.vn", phone="+84912345678", has_consented=True)


def closed_case(*, kind="question", at=NOW):
    officer = actor_of(user=make_officer())
    case = make_case(kind=kind, reporter=BUOI, order_number="OC-1")
    take_case(case_id=case.pk, seen_handler_id=None, actor=officer, now=at)
    answer_case(case_id=case.pk, text="Chào bà Bưởi", actor=officer, now=at)
    close_case(case_id=case.pk, outcome="solved", text="Xong, bà Bưởi", actor=officer, now=at)
    return case


def everything_about(case):
    case.refresh_from_db()
    fields = " ".join(str(getattr(case, field.attname)) for field in Case._meta.concrete_fields)
    return fields + " ".join(message.body for message in case.messages.all())


@pytest.mark.parametrize(("kind", "keeps_the_report"), [("question", False), ("order", False), ("false_star", True)])
def test_contact_and_words_go_after_their_days(kind, keeps_the_report, settings):
    case = closed_case(kind=kind, at=NOW - timedelta(days=settings.CASE_CONTACT_DAYS))

    assert blank_closed_cases(now=NOW) == 1
    assert blank_closed_cases(now=NOW) == 0

    left = everything_about(case)
    assert [word for word in ("Bưởi", "Buoi@", "912345678", "OC-1") if word in left] == []
    assert ("Giấy dán" in left) == keeps_the_report
    assert (case.state, case.outcome, case.events.last().action) == ("closed", "solved", "blanked")


def test_a_day_early_nothing_goes(settings):
    case = closed_case(at=NOW - timedelta(days=settings.CASE_CONTACT_DAYS - 1))

    assert blank_closed_cases(now=NOW) == 0
    assert "Buoi@" in everything_about(case)


def test_a_person_is_found_and_forgotten_in_every_case_at_once():
    closed, opened, others = closed_case(), make_case(reporter=BUOI), make_case()

    assert list(cases_of_person(email="buoi@EXAMPLE.vn")) == [closed, opened]
    assert list(cases_of_person(phone="+84912345678")) == [closed, opened]
    assert list(cases_of_person()) == []
    assert forget_person(email="buoi@example.vn", now=NOW) == 2

    assert "Buoi@" not in everything_about(opened)
    others.refresh_from_db()
    assert (opened.state, others.has_contact) == ("open", True)


def test_a_letter_not_sent_yet_finds_nothing_to_tell():
    make_case(reporter=BUOI)
    forget_person(email=BUOI.email, now=NOW)

    with pytest.raises(NothingToTell):
        render_message(OutboxMessage.objects.get(), today=NOW.date())

"""The queue: overdue first, piles counted, words found."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.cases.handling import ask_reporter, close_case, take_case
from shop.domain.cases.models import Case
from shop.domain.cases.queries import Clock, Pile, cases_in, count_piles, deadline_of, search_cases
from shop.domain.producers.staff import actor_of
from tests.factories import make_case, make_certificate, make_officer

pytestmark = pytest.mark.django_db
NOW = clock.now()
HOURS = timedelta(hours=1)


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


def take(case, officer, *, at=NOW):
    take_case(case_id=case.pk, seen_handler_id=None, actor=officer, now=at)


def listed(pile, officer):
    return list(cases_in(pile, cases=Case.objects.all(), user_id=officer.user_id, now=NOW))


def test_the_most_overdue_stands_first_whatever_it_is_late_for(officer):
    fresh = make_case(now=NOW - HOURS)
    late_to_take = make_case(now=NOW - 30 * HOURS)  # six hours late
    late_to_answer = make_case(now=NOW - 8 * 24 * HOURS)  # a day late
    take(late_to_answer, officer)

    assert listed(Pile.WAITING_FOR_US, officer) == [late_to_answer, late_to_take, fresh]
    assert listed(Pile.LATE, officer) == [late_to_answer, late_to_take]


def test_piles_are_counted_as_they_are_listed(officer):
    mine, waiting, closed = make_case(), make_case(), make_case()
    make_case(now=NOW - 30 * HOURS)
    for case in (mine, waiting, closed):
        take(case, officer)
    ask_reporter(case_id=waiting.pk, text="Ở đâu?", actor=officer, now=NOW)
    close_case(case_id=closed.pk, outcome="solved", text="Xong", actor=officer, now=NOW)

    counts = count_piles(cases=Case.objects.all(), user_id=officer.user_id, now=NOW)

    assert counts == {pile.value: len(listed(pile, officer)) for pile in Pile}
    assert [counts[pile] for pile in (Pile.WAITING_FOR_US, Pile.MINE, Pile.LATE, Pile.WAITING_FOR_OTHERS, Pile.CLOSED)] == [
        2,
        2,
        1,
        1,
        1,
    ]


@pytest.mark.parametrize(
    ("age", "clock_says"), [(HOURS, Clock.IN_TIME), (13 * HOURS, Clock.SOON), (24 * HOURS, Clock.SOON), (25 * HOURS, Clock.LATE)]
)
def test_the_clock_of_a_case_nobody_took(age, clock_says):
    deadline = deadline_of(make_case(now=NOW - age), now=NOW)

    assert (deadline.is_receipt, deadline.clock) == (True, clock_says)


def test_the_clock_of_a_case_somebody_took(officer):
    case = make_case(now=NOW - 6 * 24 * HOURS)
    take(case, officer)
    case.refresh_from_db()

    deadline = deadline_of(case, now=NOW)

    assert (deadline.is_receipt, deadline.at, deadline.clock) == (False, case.due_at, Clock.IN_TIME)


@pytest.mark.parametrize("text", ["tng-2026-00017", "che tan", "chợ phiên", "VV-", "dán trên", "hàng\x00"])
def test_cases_are_found_by_number_code_product_place_and_words(text):
    certificate = make_certificate(code="TNG-2026-00017")
    case = make_case(code=certificate.code, seen_at="Chợ phiên Tân Cương", product_name="Gian hàng")

    assert list(search_cases(text, cases=Case.objects.all())) == [case]
    assert list(search_cases("không có đâu", cases=Case.objects.all())) == []

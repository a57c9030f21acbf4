"""Sample cases say that they are samples, and are made once."""

import pytest

from shop.common import clock
from shop.demo.cases import load_sample_cases
from shop.domain.cases.models import Case
from shop.domain.cases.queries import Clock, deadline_of

pytestmark = pytest.mark.django_db


def test_sample_cases_are_samples_late_and_new_and_made_once():
    now = clock.now()
    made = load_sample_cases(now=now)

    assert load_sample_cases(now=now) == made
    assert [case.body.startswith("MẪU") for case in Case.objects.all()] == [True, True, True]
    assert {deadline_of(case, now=now).clock for case in made} == {Clock.LATE, Clock.IN_TIME}
    assert {case.reporter_email for case in made} == {"nguoi-bao@example.vn", ""}

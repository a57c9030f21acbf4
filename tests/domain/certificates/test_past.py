"""A past day is answered with what was true then, not with what the row says now."""

from datetime import date, timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.act_requests import approve_revocation, request_revocation
from shop.domain.certificates.acts import (
    Ground,
    downgrade_certificate,
    extend_certificate,
    lift_suspension,
    suspend_certificate,
)
from shop.domain.certificates.past import acts_on, recall_day
from shop.domain.certificates.state import Standing
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


@pytest.fixture
def colleague():
    return actor_of(user=make_officer())


def days_ago(days):
    return clock.today() - timedelta(days=days)


def because(effective_on: date, reason="Nhãn sai hạn dùng"):
    return Ground(reason=reason, effective_on=effective_on)


def standings(certificate, *days):
    certificate.refresh_from_db()
    acts = acts_on(certificate)
    return [recall_day(certificate, acts=acts, day=day).standing for day in days]


def test_a_lifted_suspension_is_remembered(officer):
    tea = make_certificate(issued_on=days_ago(120))
    suspend_certificate(certificate_id=tea.pk, ground=because(days_ago(30)), actor=officer, now=clock.now())
    lift_suspension(certificate_id=tea.pk, ground=because(days_ago(10)), actor=officer, now=clock.now())

    found = standings(tea, days_ago(31), days_ago(30), days_ago(11), days_ago(10), days_ago(0))

    assert found == [Standing.VALID, Standing.STOPPED, Standing.STOPPED, Standing.VALID, Standing.VALID]


def test_a_revocation_after_a_suspension_counts_from_the_suspension(officer, colleague):
    tea = make_certificate(issued_on=days_ago(120))
    suspend_certificate(certificate_id=tea.pk, ground=because(days_ago(30)), actor=officer, now=clock.now())
    request = request_revocation(certificate_id=tea.pk, ground=because(days_ago(5)), actor=officer, now=clock.now())
    approve_revocation(request_id=request.pk, actor=colleague, now=clock.now())

    assert standings(tea, days_ago(31), days_ago(20), days_ago(0)) == [Standing.VALID, Standing.STOPPED, Standing.STOPPED]


def test_an_extension_that_came_late_does_not_reach_back(officer):
    tea = make_certificate(issued_on=days_ago(1130), valid_until=days_ago(35))
    until = clock.today() + timedelta(days=60)
    ground = because(days_ago(10), "Chờ hội đồng")
    extend_certificate(certificate_id=tea.pk, until=until, ground=ground, actor=officer, now=clock.now())

    found = standings(tea, days_ago(35), days_ago(34), days_ago(11), days_ago(10), until, until + timedelta(days=1))

    assert found == [
        Standing.VALID,
        Standing.OVER,
        Standing.OVER,
        Standing.EXTENDED,
        Standing.EXTENDED,
        Standing.OVER,
    ]


def test_stars_taken_away_were_there_before(officer):
    tea = make_certificate(issued_on=days_ago(120), stars=5)
    downgrade_certificate(certificate_id=tea.pk, stars=4, ground=because(days_ago(20)), actor=officer, now=clock.now())
    downgrade_certificate(certificate_id=tea.pk, stars=3, ground=because(days_ago(10)), actor=officer, now=clock.now())
    tea.refresh_from_db()
    acts = acts_on(tea)

    stars = [recall_day(tea, acts=acts, day=days_ago(days)).stars for days in (21, 20, 11, 10, 0)]

    assert stars == [5, 4, 4, 3, 3]


@pytest.mark.parametrize("state", ["suspended", "revoked"])
def test_a_stop_without_its_act_counts_from_its_day(state):
    tea = make_certificate(stored_state=state, stopped_on=days_ago(10))

    assert standings(tea, days_ago(11), days_ago(10)) == [Standing.VALID, Standing.STOPPED]


def test_a_day_before_the_recognition_is_too_early():
    assert standings(make_certificate(issued_on=days_ago(120)), days_ago(121), days_ago(120)) == [
        Standing.NOT_YET,
        Standing.VALID,
    ]

"""Whoever falls silent in a return does not hold up the other's money."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ordering import return_clock
from shop.domain.ordering.return_clock import settle_silent_returns
from shop.domain.ordering.returning import accept_return
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing
from tests.factories.returns import make_delivered, make_disputed, make_refused, make_return, make_sent_back

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def parcel():
    return make_delivered((make_listing(stock=10), 3))


def make_accepted(parcel):
    return accept_return(return_id=make_return(parcel).pk, actor=SYSTEM, now=clock.now())


@pytest.mark.parametrize(
    ("make", "since", "time", "state"),
    [
        (make_return, "asked_at", timedelta(hours=48), "disputed"),
        (make_refused, "answered_at", timedelta(days=7), "withdrawn"),
        (make_accepted, "answered_at", timedelta(days=14), "withdrawn"),
        (make_sent_back, "sent_back_at", timedelta(days=10), "refunded"),
    ],
)
def test_silence_takes_a_return_on_after_its_time_and_not_before(parcel, make, since, time, state):
    found = make(parcel)
    ends_at = getattr(found, since) + time
    before = found.state

    assert settle_silent_returns(now=ends_at) == 0
    found.refresh_from_db()
    assert found.state == before
    assert settle_silent_returns(now=ends_at + SECOND) == 1
    found.refresh_from_db()
    assert (found.state, found.steps.last().side) == (state, "clock")
    assert Refund.objects.count() == (state == "refunded")


def test_only_who_fell_silent_is_taken_on(parcel):
    silent = make_return(parcel)
    now = silent.answer_by + SECOND
    fresh = make_delivered((make_listing("Mật ong", stock=10), 3))
    Parcel.objects.filter(pk=fresh.pk).update(delivered_at=now)
    answered = make_return(fresh, now=now)

    assert not return_clock._settle(answered.pk, "asked", now)
    assert not return_clock._settle(silent.pk, "refused", now)
    assert settle_silent_returns(now=now) == 1
    silent.refresh_from_db()
    answered.refresh_from_db()
    assert (silent.state, silent.disputed_at, silent.decide_by - now) == ("disputed", now, timedelta(days=5))
    assert answered.state == "asked"


def test_the_office_is_not_hurried_by_a_clock_that_decides(parcel):
    make_disputed(parcel)

    assert settle_silent_returns(now=clock.now() + timedelta(days=365)) == 0

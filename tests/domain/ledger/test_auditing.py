"""Red, stale or never asked: payouts stand still."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ledger.auditing import BELIEVED_FOR, PayoutStop, keep_audit, payout_stop, payouts_may_go

pytestmark = pytest.mark.django_db


def look(*, hours_ago=0, **breaks):
    return keep_audit(breaks=breaks, invariant_count=30, took_ms=5, now=clock.now() - timedelta(hours=hours_ago))


def test_nothing_goes_before_the_first_look():
    assert payout_stop(now=clock.now()) == PayoutStop.NEVER_AUDITED


def test_green_lets_go_red_stops_and_green_again_lets_go():
    look(hours_ago=2)
    assert payouts_may_go(now=clock.now())

    red = look(hours_ago=1, money_is_whole_dong=3)
    assert (red.is_green, red.break_count) == (False, 3)
    assert payout_stop(now=clock.now()) == PayoutStop.RED

    look()
    assert payouts_may_go(now=clock.now())


def test_an_old_look_is_none():
    look(hours_ago=37)

    assert payout_stop(now=clock.now()) == PayoutStop.TOO_LONG_AGO


def test_a_look_is_believed_to_its_last_second():
    at = keep_audit(breaks={}, invariant_count=30, took_ms=5, now=clock.now()).at

    assert payout_stop(now=at + BELIEVED_FOR) is None
    assert payout_stop(now=at + BELIEVED_FOR + timedelta(seconds=1)) == PayoutStop.TOO_LONG_AGO

"""How the certificates of a place stand, in four numbers."""

from datetime import date

import pytest

from shop.domain.certificates.models import Certificate
from shop.domain.certificates.standings import Standings, count_standings
from tests.factories import make_certificate, make_decision

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def ending(day, **fields):
    return make_certificate(issued_on=date(2023, 1, 2), valid_until=day, **fields)


def count():
    return count_standings(certificates=Certificate.objects.all(), today=TODAY)


def test_count_standings_of_nothing_is_nothing():
    assert count() == Standings(0, 0, 0, 0)


def test_count_standings_tells_real_ones_by_their_day():
    ending(date(2027, 6, 1)), ending(date(2026, 12, 1)), ending(TODAY)
    ending(date(2026, 11, 22)), ending(date(2026, 11, 1)), ending(date(2026, 10, 31))
    ending(date(2026, 5, 1), extended_until=date(2026, 11, 2), extension_reason="chờ")
    ending(date(2026, 11, 3), extended_until=date(2026, 12, 2), extension_reason="chờ")
    ending(date(2027, 6, 1), stored_state="suspended", stopped_on=TODAY)
    ending(date(2026, 11, 5), stored_state="revoked", stopped_on=TODAY)
    ending(date(2026, 12, 1), decision=make_decision(is_sample=True))
    make_certificate(issued_on=date(2026, 11, 24), valid_until=date(2029, 11, 24))

    assert count() == Standings(valid=4, expiring=2, expired_this_month=3, suspended=1)


def test_one_that_was_replaced_has_not_expired_this_month():
    newer = make_certificate(issued_on=date(2026, 11, 2))
    ending(date(2027, 6, 1), superseded_by=newer, superseded_on=date(2026, 11, 2))

    assert count() == Standings(valid=1, expiring=0, expired_this_month=0, suspended=0)

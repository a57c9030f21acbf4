from datetime import UTC, date, datetime, timedelta

import pytest

from shop.common import clock


def test_now_is_the_real_time_in_vietnam_when_no_clock_is_set(settings):
    settings.SHOP_CLOCK = None

    moment = clock.now()

    assert moment.utcoffset() == timedelta(hours=7)
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)


def test_now_starts_at_the_shop_clock_and_goes_on(settings):
    settings.SHOP_CLOCK = "2026-11-23T08:00:00"
    monday_morning = datetime(2026, 11, 23, 8, tzinfo=clock.SHOP_TIME_ZONE)

    first = clock.now()
    second = clock.now()

    assert monday_morning <= first < second < monday_morning + timedelta(minutes=1)


def test_today_turns_over_at_midnight_in_vietnam_not_in_greenwich(settings):
    settings.SHOP_CLOCK = "2026-11-22T17:30:00+00:00"

    assert clock.today() == date(2026, 11, 23)


def test_a_shop_clock_without_a_zone_is_local_time():
    assert clock.parse_shop_clock("2027-02-06").isoformat() == "2027-02-06T00:00:00+07:00"


def test_a_shop_clock_that_is_no_iso_time_is_refused():
    with pytest.raises(ValueError, match="next week"):
        clock.parse_shop_clock("next week")

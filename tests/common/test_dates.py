from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.common.dates import format_day, format_moment, months_after


@pytest.mark.parametrize(
    ("issued_on", "valid_until"),
    [
        (date(2025, 8, 14), date(2028, 8, 14)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2021, 2, 28), date(2024, 2, 28)),
        (date(2023, 12, 31), date(2026, 12, 31)),
    ],
)
def test_months_after_36_months_is_the_day_three_years_on(issued_on, valid_until):
    assert months_after(issued_on, 36) == valid_until


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_months_after_is_clamped_to_the_end_of_the_month(day, months, later):
    assert months_after(day, months) == later


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(0, 120))
def test_months_after_is_never_in_another_month_than_it_counts_to(day, months):
    later = months_after(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_a_day_is_written_as_people_of_the_language_read_it():
    day = date(2028, 8, 4)

    assert format_day(day, "vi") == "04/08/2028"
    assert format_day(day, "en") == "4 Aug 2028"


def test_a_moment_is_written_as_the_day_it_is_in_vietnam():
    late_in_greenwich = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)

    assert format_day(late_in_greenwich, "vi") == "23/11/2026"
    assert format_moment(late_in_greenwich, "vi") == "01:05 23/11/2026"
    assert format_moment(late_in_greenwich, "en") == "23 Nov 2026, 01:05"

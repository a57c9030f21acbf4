"""Days as offices write them; what is no day of the calendar is never guessed."""

from datetime import UTC, date, datetime

import pytest

from shop.domain.certificates.spellings.days import DayUnreadable, find_days, is_duration, read_day


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("05/8/2026", date(2026, 8, 5)),
        ("29.12.2023", date(2023, 12, 29)),
        ("28-12-2020", date(2020, 12, 28)),
        ("2025-06-16", date(2025, 6, 16)),
        ("16-06-2025 00:00:00", date(2025, 6, 16)),
        ("ngày 05 tháng 8 năm 2026", date(2026, 8, 5)),
        ("Ngày 6 tháng 8 năm 2024", date(2024, 8, 6)),
        ("17.01.25", date(2025, 1, 17)),
        (45000, date(2023, 3, 15)),
        (45000.0, date(2023, 3, 15)),
        ("45000", date(2023, 3, 15)),
        (date(2021, 4, 6), date(2021, 4, 6)),
        (None, None),
        ("", None),
    ],
)
def test_read_day_understands(cell, day):
    assert read_day(cell) == day


# Thirty-six months after the last day of the calendar there is none.
FAR_AWAY = (date(9999, 12, 31), datetime(2100, 1, 1, tzinfo=UTC), "31.12.9999", "2100-01-01", date(2100, 1, 1))


@pytest.mark.parametrize("cell", ["20.12", "31/02/2024", "12/28/2020", "hôm qua", 12, "01/02/2024 - 01/02/2027", *FAR_AWAY])
def test_read_day_refuses_what_is_no_day(cell):
    with pytest.raises(DayUnreadable):
        read_day(cell)


def test_find_days_returns_the_days_of_a_sentence_in_order():
    text = "Quyết định ngày 05 tháng 8 năm 2026, thay Quyết định ngày 19/6/2025"

    assert find_days(text) == [date(2026, 8, 5), date(2025, 6, 19)]


def test_is_duration_knows_a_repeated_rule():
    assert [is_duration(text) for text in ("36 tháng", "3 năm", "03 năm kể từ ngày ký", "05/8/2029")] == [True, True, True, False]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime(2026, 8, 5, 23, 59, tzinfo=UTC), date(2026, 8, 5)),
        (36526, date(2000, 1, 1)),
        (73050, date(2099, 12, 31)),
        (45000.9, date(2023, 3, 15)),
        ("45000,5", date(2023, 3, 15)),
        ("05/08/2026 (5-8-2026)", date(2026, 8, 5)),
        ("1 thang 2, nam 2026", date(2026, 2, 1)),
        ("2026.8.5", date(2026, 8, 5)),
    ],
)
def test_read_day_knows_serials_and_repetitions(cell, day):
    assert read_day(cell) == day


@pytest.mark.parametrize("cell", [36525, 73051, "36525", True, "1/2/20266", "5/8"])
def test_read_day_refuses_what_is_outside_the_calendar_of_lists(cell):
    with pytest.raises(DayUnreadable, match=str(cell).upper()):
        read_day(cell)


def test_find_days_leaves_out_what_is_no_day_and_keeps_the_order():
    assert find_days("2024-02-30, 31/04/2024, 2024-05-06, 01/02/24 và 3 tháng 4 năm 2025") == [
        date(2024, 5, 6),
        date(2024, 2, 1),
        date(2025, 4, 3),
    ]
    assert find_days("số 123/4/2024") == []
    assert [is_duration(text) for text in ("ba mươi sáu tháng", "24 tháng", None)] == [True, False, False]

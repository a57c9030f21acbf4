"""Days as offices write them; what is no day of the calendar is never guessed."""

from datetime import date

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


@pytest.mark.parametrize("cell", ["20.12", "31/02/2024", "12/28/2020", "hôm qua", 12, "01/02/2024 - 01/02/2027"])
def test_read_day_refuses_what_is_no_day(cell):
    with pytest.raises(DayUnreadable):
        read_day(cell)


def test_find_days_returns_the_days_of_a_sentence_in_order():
    text = "Quyết định ngày 05 tháng 8 năm 2026, thay Quyết định ngày 19/6/2025"

    assert find_days(text) == [date(2026, 8, 5), date(2025, 6, 19)]


def test_is_duration_knows_a_repeated_rule():
    assert [is_duration(text) for text in ("36 tháng", "3 năm", "03 năm kể từ ngày ký", "05/8/2029")] == [True, True, True, False]

"""Read days the way offices write them: the day first, whatever stands between the numbers."""

import re
from datetime import date, datetime, timedelta

from shop.common.vietnamese import fold

from .texts import as_text

# Day 0 of a spreadsheet; its serials of this century have five digits.
SPREADSHEET_EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 36526, 73050
# Of that last serial; three years after the last day of the calendar there is no day.
LAST_YEAR = 2099
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*(?:/|\.|-|thang)\s*(\d{1,2})\s*(?:/|\.|-|,?\s*nam)\s*(\d{4}|\d{2})(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?!\d)")
# «36 tháng», «3 năm» in an expiry column repeats the rule and is no date.
DURATION = re.compile(r"(?:0*36\s*thang|0*3\s*nam|(?:ba muoi sau) thang)\b.*")


class DayUnreadable(ValueError):
    """The text is no day of the calendar, or more than one."""


def read_day(cell: object) -> date | None:
    """Return the day a cell holds, None for a blank; raises DayUnreadable."""
    if isinstance(cell, date):
        return _of_this_century(cell.date() if isinstance(cell, datetime) else cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(cell)
    text = as_text(cell)
    if not text:
        return None
    if serial := SERIAL.fullmatch(text):
        return _from_serial(int(serial[1]))
    days = find_days(text)
    if len(set(days)) != 1:
        raise DayUnreadable(text)
    return days[0]


def find_days(text: str) -> list[date]:
    """Return the days a sentence names, in their order; what is no day of the calendar is left out."""
    plain = fold(text)
    found = []
    for match in DAY_FIRST.finditer(plain):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)  # noqa: PLR2004 -- a year of two digits
        found.append((match.start(), year, int(match[2]), int(match[1])))
    found += [(match.start(), int(match[1]), int(match[2]), int(match[3])) for match in YEAR_FIRST.finditer(plain)]
    return [found_day for _start, year, month, day in sorted(found) if (found_day := _calendar_day(year, month, day))]


def is_duration(cell: object) -> bool:
    """Say whether the cell only repeats the 36 months."""
    return bool(DURATION.fullmatch(fold(as_text(cell))))


def _from_serial(serial: float) -> date:
    if not FIRST_SERIAL <= serial <= LAST_SERIAL:
        raise DayUnreadable(str(serial))
    return SPREADSHEET_EPOCH + timedelta(days=int(serial))


def _of_this_century(day: date) -> date:
    if day.year > LAST_YEAR:
        raise DayUnreadable(str(day))
    return day


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return _of_this_century(date(year, month, day))
    except ValueError:
        return None

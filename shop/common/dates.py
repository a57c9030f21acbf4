"""Calendar arithmetic and the two ways a day is written."""

import calendar
from datetime import date, datetime

from shop.common.clock import SHOP_TIME_ZONE

ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months later, clamped to that month's end.

    A certificate issued on 31/08/2023 for 36 months is valid until 31/08/2026; one of 29/02/2024 until 28/02/2027.
    """
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_index + 1
    last_day = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last_day))


def format_day(day: date, language: str) -> str:
    """Write a day as people of the language read it: 14/08/2028 or 14 Aug 2028."""
    local = _local_day(day)
    if language.startswith("en"):
        return f"{local.day} {ENGLISH_MONTHS[local.month - 1]} {local.year}"
    return f"{local.day:02}/{local.month:02}/{local.year:04}"


def format_moment(moment: datetime, language: str) -> str:
    """Write a time with its day, in the shop's zone: 09:05 14/08/2028 or 14 Aug 2028, 09:05."""
    local = moment.astimezone(SHOP_TIME_ZONE)
    clock_time = f"{local.hour:02}:{local.minute:02}"
    written_day = format_day(local, language)
    if language.startswith("en"):
        return f"{written_day}, {clock_time}"
    return f"{clock_time} {written_day}"


def _local_day(day: date) -> date:
    if isinstance(day, datetime):
        return day.astimezone(SHOP_TIME_ZONE).date() if day.tzinfo else day.date()
    return day

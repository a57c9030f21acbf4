"""The one place that looks at a clock. Pages, tasks and commands ask it and pass the answer down."""

import time
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

SHOP_TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the shop's time, aware, in Asia/Ho_Chi_Minh.

    SHOP_CLOCK (ISO 8601, local time when it names no zone) moves the clock for tests and demos. Time goes on from
    there, so that an hour of work is an hour on the shop's clock too.
    """
    wanted = getattr(settings, "SHOP_CLOCK", None)
    if not wanted:
        return datetime.now(SHOP_TIME_ZONE)
    started = _first_asked_at(wanted)
    return parse_shop_clock(wanted) + timedelta(seconds=time.monotonic() - started)


def moved_by() -> timedelta:
    """Return how far SHOP_CLOCK has moved the shop's time from the world's; nothing when it is unset."""
    return now() - datetime.now(SHOP_TIME_ZONE) if getattr(settings, "SHOP_CLOCK", None) else timedelta(0)


def today() -> date:
    """Return the shop's calendar day."""
    return now().date()


def parse_shop_clock(text: str) -> datetime:
    """Read a SHOP_CLOCK value; raises ValueError for anything but an ISO date or time."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SHOP_TIME_ZONE)
    return moment.astimezone(SHOP_TIME_ZONE)


@cache
def _first_asked_at(wanted: str) -> float:  # noqa: ARG001 -- the argument is the cache key
    return time.monotonic()

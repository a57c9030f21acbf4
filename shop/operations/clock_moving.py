"""Telling the `audit` views what time it is in the shop."""

from datetime import UTC, datetime, timedelta

from shop.common import clock

from .models import ShopClock

# Two clocks read one after the other differ by as much; that is no moved clock.
NOT_MOVED = timedelta(seconds=1)


def write_clock_move() -> timedelta:
    """Write down how far the shop's clock is from the world's; called when a process that serves people starts."""
    moved_by = clock.now() - datetime.now(UTC)
    if abs(moved_by) < NOT_MOVED:
        moved_by = timedelta(0)
    ShopClock.objects.update_or_create(pk=1, defaults={"moved_by": moved_by})
    return moved_by

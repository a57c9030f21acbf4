"""What the worker and the scheduler do: they look at the clock and make one domain call."""

import time

from celery import shared_task

from shop.common import clock

from .bell import ring_bell
from .blanking import blank_old_messages
from .delivery import Drain

# A worker told to stop finishes its task first: the walk stays well under its 30 seconds.
WALK_SECONDS_MAX = 15.0


@shared_task
def drain_outbox() -> int:
    """Send what is due; when there is more than one walk's worth, ring for the next one."""
    return _walk()


@shared_task
def sweep_outbox() -> int:
    """Send what no bell announced: Valkey was away, a worker was killed, a pause is over."""
    return _walk()


@shared_task
def blank_sent_messages() -> int:
    """Forget recipients and texts of old messages."""
    return blank_old_messages(now=clock.now())


def _walk() -> int:
    stop_at = time.monotonic() + WALK_SECONDS_MAX
    delivered = 0
    drain = Drain(clock=clock.now)
    while drain.deliver_next():
        delivered += 1
        if time.monotonic() > stop_at:
            ring_bell()
            break
    return delivered

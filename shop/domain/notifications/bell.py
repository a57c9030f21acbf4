"""The bell that wakes a worker early. Nothing depends on it: the scheduler sweeps what no bell announced."""

import logging
import time

from celery import current_app
from django.db import transaction
from kombu import pools
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

DRAIN_TASK = "shop.domain.notifications.tasks.drain_outbox"
# A buyer waits for this: kombu's own way is to try for six seconds.
ONE_QUICK_TRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0, "socket_timeout": 2}
# With Valkey away every press would cost a buyer a connection attempt; one in so many seconds pays it.
SILENT_SECONDS_AFTER_FAILURE = 10.0

_silent_until = 0.0


def ring_bell(task: str = DRAIN_TASK) -> bool:
    """Ask a worker to do now what the scheduler sweeps as well (drain the outbox); says whether Valkey took the request.

    It never raises for Valkey's sake.
    """
    global _silent_until  # noqa: PLW0603 -- one memory per process is the point
    if time.monotonic() < _silent_until:
        return False
    try:
        _ask_over_an_open_line(task)
    except (OperationalError, RedisError, OSError) as error:
        _silent_until = time.monotonic() + SILENT_SECONDS_AFTER_FAILURE
        logger.warning("The bell of %s did not ring, the sweep will find what waits: %s", task, error)
        return False
    return True


def ring_after_commit() -> None:
    """Ring for the outbox when the transaction is written; once, however many messages it writes."""
    waiting = (function for _, function, _ in transaction.get_connection().run_on_commit)
    if ring_bell not in waiting:
        transaction.on_commit(ring_bell, robust=True)


def _ask_over_an_open_line(task: str) -> None:
    """Opening a line to Valkey costs more than all the rest, so lines are kept; the client opens one anew that has ended."""
    with pools.connections[current_app.connection_for_write(transport_options=ONE_QUICK_TRY)].acquire(block=True) as connection:
        current_app.send_task(task, connection=connection, retry=False, ignore_result=True)

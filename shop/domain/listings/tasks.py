"""What the worker does for lists of certificates: it looks at the clock and makes one domain call at a time."""

import time

from celery import shared_task

from shop.common import clock
from shop.domain.certificates.importing.runs import WORK_TASK
from shop.domain.notifications.bell import ring_bell

from .import_work import work_on_next

# A worker told to stop finishes its task first; a list that is begun is finished whatever the clock says.
WALK_SECONDS_MAX = 15.0


@shared_task
def work_on_imports() -> int:
    """Read, apply and undo what waits; when there is more than one walk's worth, ring for the next one."""
    stop_at = time.monotonic() + WALK_SECONDS_MAX
    done = 0
    while work_on_next(clock=clock.now):
        done += 1
        if time.monotonic() > stop_at:
            ring_bell(task=WORK_TASK)
            break
    return done

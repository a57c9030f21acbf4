"""What the scheduler asks of erasures: the clock is read here, and one domain call is made."""

from celery import shared_task

from shop.common import clock

from .sweeping import erase_due, sweep_after


@shared_task
def erase_due_people() -> int:
    """Erase whose last order is over."""
    return erase_due(now=clock.now())


@shared_task
def sweep_erased_people() -> None:
    """Clear what was written while somebody was being erased."""
    sweep_after(now=clock.now())

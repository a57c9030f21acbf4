"""What the scheduler asks of orders: the clock is read here, and one domain call is made."""

from celery import shared_task

from shop.common import clock

from .certificate_stops import cancel_parcels_held_too_long, settle_unfinished_stops


@shared_task
def cancel_overdue_holds() -> int:
    """Call off held parcels on which the office did not decide in time."""
    return cancel_parcels_held_too_long(now=clock.now())


@shared_task
def finish_certificate_stops() -> None:
    """Hold, or let go on, the parcels that a dying process left out."""
    settle_unfinished_stops(now=clock.now())

"""What the scheduler asks of those who wait: the clock is read here, and one domain call is made."""

from celery import shared_task

from shop.common import clock

from .notices import forget_unconfirmed
from .telling import tell_waiting


@shared_task
def tell_of_stock() -> int:
    """Tell whose product can be bought again."""
    return tell_waiting(now=clock.now())


@shared_task
def forget_unconfirmed_notices() -> int:
    """Delete requests of guests who never confirmed."""
    return forget_unconfirmed(now=clock.now())

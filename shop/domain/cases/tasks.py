"""What the scheduler asks of cases each night."""

from celery import shared_task

from shop.common import clock

from .forgetting import blank_closed_cases


@shared_task
def forget_reporters() -> int:
    """Forget who reported cases that were closed long ago."""
    return blank_closed_cases(now=clock.now())

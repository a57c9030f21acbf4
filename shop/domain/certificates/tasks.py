"""What the scheduler asks of the registry each morning."""

from celery import shared_task

from shop.common import clock

from .notices import post_due_notices


@shared_task
def post_certificate_notices() -> int:
    """Tell producers of certificates that come to their end."""
    now = clock.now()
    return post_due_notices(today=now.date(), now=now)

"""What the scheduler asks of the open data each night."""

from celery import shared_task

from shop.common import clock

from .open_data import make_files


@shared_task
def make_open_data() -> int:
    """Make the files of the new day before anybody asks for them."""
    return make_files(now=clock.now())

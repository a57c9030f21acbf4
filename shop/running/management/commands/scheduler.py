"""`manage.py scheduler`: rings the bells that ring by the clock; however many are started, one works."""

import logging
import signal
import sys

from celery.apps.beat import Beat
from celery.beat import Scheduler
from django.core.management.base import BaseCommand

from shop.celery import app
from shop.running.single import only_one

logger = logging.getLogger(__name__)


class Timetable(Beat):
    """Celery's own, less its handler of SIGTERM: that one writes out a schedule, half-made when it comes early."""

    def install_sync_handler(self, service):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


class Command(BaseCommand):
    help = "Starts the tasks of the timetable. A second scheduler waits until the first is gone."
    requires_system_checks = ()

    def handle(self, **options):
        logging.captureWarnings(True)
        with only_one("scheduler", tell=logger.info):
            Timetable(app=app, scheduler_cls=Scheduler, loglevel="INFO", quiet=True).run()

"""`manage.py scheduler`: rings the bells that ring by the clock; however many are started, one works."""

from celery.beat import Scheduler
from django.core.management.base import BaseCommand

from shop.celery import app
from shop.running.single import only_one


class Command(BaseCommand):
    help = "Starts the tasks of the timetable. A second scheduler waits until the first is gone."
    requires_system_checks = ()

    def handle(self, **options):
        with only_one("scheduler", tell=self.stdout.write):
            app.Beat(scheduler_cls=Scheduler, loglevel="INFO", quiet=True).run()

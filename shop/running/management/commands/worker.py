"""`manage.py worker`: takes tasks from Valkey and does them."""

import logging

from django.core.management.base import BaseCommand

from shop.celery import app

PROCESSES = 2


class Command(BaseCommand):
    help = "Does the tasks; SIGTERM lets running tasks end."
    requires_system_checks = ()

    def handle(self, **options):
        logging.captureWarnings(True)
        # Quiet: the banner would be the only lines of the log that are no JSON.
        app.worker_main(
            ["--quiet", "worker", "--loglevel=INFO", f"--concurrency={PROCESSES}", "--without-gossip", "--without-mingle"]
        )

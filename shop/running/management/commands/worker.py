"""`manage.py worker`: takes tasks from Valkey and does them."""

from django.core.management.base import BaseCommand

from shop.celery import app

PROCESSES = 2


class Command(BaseCommand):
    help = "Does the tasks; SIGTERM lets running tasks end."
    requires_system_checks = ()

    def handle(self, **options):
        app.worker_main(["worker", "--loglevel=INFO", f"--concurrency={PROCESSES}", "--without-gossip", "--without-mingle"])

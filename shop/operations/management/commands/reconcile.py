"""`manage.py reconcile`: asks payment providers about everything that is open here, and about what nobody reported."""

from django.core.management.base import BaseCommand

from shop.common import clock
from shop.domain.ordering.catching_up import catch_up


class Command(BaseCommand):
    help = "Brings open payments, refunds and missed reports up to date with the payment providers."

    def handle(self, **options):
        done = catch_up(now=clock.now())
        self.stdout.write(
            f"Asked about {done.payments} open payments and {done.refunds} refunds; "
            f"found {done.missed_reports} reports that had not arrived, did {done.reports}."
        )

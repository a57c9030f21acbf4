from django.conf import settings
from django.core.management.base import BaseCommand

from shop.common import clock
from shop.demo.catalogue import load_catalogue


class Command(BaseCommand):
    help = "Imports the official lists shipped with the shop; with DEMO=1 also prices, stock and samples. Safe to repeat."

    def handle(self, **options):
        counts = load_catalogue(now=clock.now(), with_demo=settings.DEMO, say=self.stdout.write)
        self.stdout.write(
            f"{counts.certificates} certificates, {counts.unproven} unproven entries, {counts.live_listings} live listings"
        )

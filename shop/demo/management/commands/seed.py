"""`manage.py seed`: known data for outside testers and for load."""

import json
import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.common import clock
from shop.demo.seeding.acceptance import seed_acceptance
from shop.demo.seeding.allowed import SeedRefused
from shop.demo.seeding.load import seed_load

MOST_PRODUCTS = 1_000_000


class Command(BaseCommand):
    help = "Sows known users, producers and goods (acceptance) or many products (load) in a shop without orders."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--profile", choices=("acceptance", "load"), required=True)
        parser.add_argument("--seed", type=int, default=1, help="acceptance: the same number gives the same data")
        parser.add_argument("--products", type=int, default=10_000, help="load: how many products")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *, profile: str, seed: int, products: int, **options) -> None:
        if not 1 <= products <= MOST_PRODUCTS:
            raise CommandError(f"--products is a number from 1 to {MOST_PRODUCTS:,}.")
        began = time.monotonic()
        try:
            if profile == "acceptance":
                report = seed_acceptance(seed=seed, now=clock.now())
            else:
                report = seed_load(products=products, now=clock.now())
        except SeedRefused as reason:
            raise CommandError(str(reason)) from None
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(f"{profile}: sown in {time.monotonic() - began:.1f} s")
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))

"""`manage.py watch_pages`: says whether visitors notice that the shop is at work, and whether a page was behind for too long."""

import json
import sys
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.operations.page_watch.changes import NothingToChange
from shop.operations.page_watch.scenario import run_scenario

LEAST_SHARE = 0.8


class Command(BaseCommand):
    help = "Beside a running shop full of samples: rate of visitors at rest and at work, pages behind. Exit 1 if one was."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("--seconds", type=float, default=45, help="for each half")

    def handle(self, *, seconds: float, **options) -> None:
        try:
            outcome = run_scenario(port=settings.PORT, seconds=seconds, tell=self.stderr.write)
        except NothingToChange as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(json.dumps(asdict(outcome) | {"share": round(outcome.share, 3)}, ensure_ascii=False, indent=1))
        if outcome.behind or outcome.share < LEAST_SHARE:
            sys.exit(1)

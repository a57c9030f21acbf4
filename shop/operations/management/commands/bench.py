"""`manage.py bench`: what pages, purchases and imports cost, in one table."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.operations.bench.client import Unexpected
from shop.operations.bench.extent import NAMES, Extent, UnknownName, chosen
from shop.operations.bench.running import run_bench
from shop.operations.bench.table import lay_out

# Products, and for how many seconds each operation is visited alone and then by many.
SIZES = {"full": ((10_000, 100_000), 4.0), "medium": ((10_000,), 3.0), "small": ((2_000,), 1.0)}


class Command(BaseCommand):
    help = "Measures the shop on servers of its own and prints one table; ten minutes, and some more the first time."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="full", help="small: a quick look at 2,000 products")
        parser.add_argument("--only", default="", help="names of the table, with semicolons between: no other rows")

    def handle(self, *, size: str, only: str, **options) -> None:
        products, seconds = SIZES[size]
        began = time.monotonic()
        var_dir = settings.VAR_DIR / "bench"
        var_dir.mkdir(exist_ok=True)
        try:
            extent = Extent(sizes=products, seconds=seconds, is_quick=size == "small", only=chosen(only))
            rows = run_bench(var_dir, extent, tell=self.tell)
        except UnknownName as problem:
            raise CommandError(f"There is no row {problem}: choose from {', '.join(NAMES)}.") from problem
        except Unexpected as problem:
            raise CommandError(f"The bench ended at an answer nobody should get: {problem}") from problem
        self.stdout.write("\n".join(["", *lay_out(rows), ""]))
        self.stdout.write(f"{time.monotonic() - began:.0f} s")

    def tell(self, line: str) -> None:
        self.stderr.write(line)
        self.stderr.flush()

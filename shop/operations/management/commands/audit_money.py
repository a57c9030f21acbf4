"""`manage.py audit_money`: is everything still true of stock, orders and money? Exit 0, or 1 with what is broken."""

import sys
from collections import Counter

from django.core.management.base import BaseCommand

from shop.common import clock
from shop.operations.auditing import audit_books
from shop.operations.invariants import INVARIANTS

SHOWN_OF_EACH = 20


class Command(BaseCommand):
    help = "Checks the invariants of stock, orders and money in SQL, keeps and prints what is broken; exit 0 or 1."
    requires_system_checks = ()

    def handle(self, **options) -> None:
        breaks = audit_books(now=clock.now())
        counts = Counter(broken.invariant for broken in breaks)
        for invariant, count in counts.items():
            self.stdout.write(f"✗ {invariant}: broken {count} times")
            for broken in [broken for broken in breaks if broken.invariant == invariant][:SHOWN_OF_EACH]:
                self.stdout.write(f"    {broken.what}: {broken.detail}")
        if breaks:
            sys.exit(1)
        self.stdout.write(f"✓ {len(INVARIANTS)} invariants hold")

"""manage.py load_pages: the pages of information the shop ships with, where they are missing."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.common import clock
from shop.domain.pages.loading import load_pages


class Command(BaseCommand):
    """Write version 1 of every page without one; what the office wrote is never touched."""

    help = "Load the pages of information (rules, delivery, privacy, …) that are missing (idempotent)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and report in one line."""
        self.stdout.write(f"pages: {load_pages(now=clock.now())} written")

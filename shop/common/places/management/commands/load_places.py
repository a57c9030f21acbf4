"""manage.py load_places: provinces, communes and the old units, from the file that ships with the shop."""

from typing import Any

from django.core.management.base import BaseCommand

from shop.common.places.loading import load_places


class Command(BaseCommand):
    """Write what is new or changed, and say how much that was."""

    help = "Load the provinces, communes and pre-2025 units (idempotent)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and report in one line."""
        loaded = load_places()
        self.stdout.write(
            f"places: {loaded.provinces} provinces, {loaded.communes} communes, "
            f"{loaded.legacy_units} old units and {loaded.legacy_links} links written"
        )

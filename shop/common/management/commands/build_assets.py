"""Write the bundles of style sheets and scripts; run before the web starts, and again after a change."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shop.common.bundling import write_bundles
from shop.common.compressing import compress_files


class Command(BaseCommand):
    """`manage.py build_assets`."""

    help = "Write static/dist/*.css and *.js from the files of static/css and static/js."
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        """Write what changed and name it."""
        for bundle in write_bundles(settings.BASE_DIR / "static"):
            self.stdout.write(f"{bundle.name}: {bundle.stat().st_size} bytes")
        compress_files(settings.BASE_DIR / "static")

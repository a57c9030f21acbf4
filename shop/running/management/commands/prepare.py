"""`manage.py prepare`: brings a database to the state this code needs; doing it again changes nothing."""

import os
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shop.common.places.models import Commune
from shop.domain.certificates.models import Certificate
from shop.operations.clock_moving import write_clock_move


class Command(BaseCommand):
    help = "Compiles messages, migrates, and loads places and the certified catalogue where they are missing."
    requires_system_checks = ()

    def handle(self, **options):
        # An image holds its messages and bundles already, and its own files are read-only.
        if os.access(settings.BASE_DIR / "shop", os.W_OK):
            self.step("Translations", call_command, "compile_translations", verbosity=0, stdout=_Silence())
            self.step("Styles and scripts", call_command, "build_assets", stdout=_Silence())
        if waiting_migrations():
            self.step("Database tables", call_command, "migrate", verbosity=0, interactive=False)
        write_site()
        write_clock_move()
        if not Commune.objects.exists():
            self.step("Provinces and communes", call_command, "load_places", stdout=_Silence())
        self.step("Pages of information", call_command, "load_pages", stdout=_Silence())
        if not Certificate.objects.exists():
            self.step("Product groups", call_command, "load_taxonomy", stdout=_Silence())
            self.step("Certified catalogue", call_command, "load_catalogue", stdout=_Silence())
        if settings.DEMO:
            self.step("Demonstration accounts", self.write_demo_accounts)

    def step(self, name: str, act: Callable, *arguments: object, **keywords: object) -> None:
        """Do one thing and say how long it took."""
        began = time.monotonic()
        act(*arguments, **keywords)
        self.stdout.write(f"· {name} ({time.monotonic() - began:.1f} s)")
        self.stdout.flush()

    def write_demo_accounts(self) -> None:
        """Kept in a file that `make run` prints last."""
        with (settings.VAR_DIR / "demo-accounts.txt").open("w") as target:
            call_command("demo_accounts", stdout=target)


def waiting_migrations() -> list:
    """What this code has and the database has not."""
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def write_site() -> None:
    """Mails and canonical addresses say where the shop is."""
    host = urlsplit(settings.BASE_URL).netloc
    Site.objects.update_or_create(pk=settings.SITE_ID, defaults={"domain": host, "name": settings.OSCAR_SHOP_NAME})


class _Silence:
    """Commands say a lot that nobody asked for here."""

    def write(self, text: str) -> None:
        """Forget it."""

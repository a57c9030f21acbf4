"""`manage.py backup FILE`: the whole database as of one moment, in one file."""

from pathlib import Path

from django.core.management.base import BaseCommand

from shop.operations.backup import write_backup


class Command(BaseCommand):
    help = "Writes the whole database to FILE while the shop goes on. Uploaded files are not in it."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options) -> None:
        size = write_backup(file)
        self.stdout.write(f"✓ {file} ({size / 1e6:.1f} MB)")

"""`manage.py restore FILE`: fills an empty database from a backup and audits the copy; exit 1 when anything is broken."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand

from shop.operations.backup import read_backup


class Command(BaseCommand):
    help = "Fills an empty database from FILE, whole or not at all, then runs audit_money on it."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options) -> None:
        read_backup(file)
        self.stdout.write(f"✓ {file} is restored")
        call_command("audit_money", stdout=self.stdout)

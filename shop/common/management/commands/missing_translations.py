"""`manage.py missing_translations [shop/web/storefront …]`: what an English page would show in Vietnamese."""

from django.core.management.base import BaseCommand

from shop.common.message_use import messages_without_english


class Command(BaseCommand):
    help = "Lists messages without an English text; the places named limit it to what lies below them."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("places", nargs="*", help="for example shop/web/storefront templates/storefront")

    def handle(self, *, places, **options):
        missing = [use for use in messages_without_english() if not places or str(use.path).startswith(tuple(places))]
        for use in missing:
            self.stdout.write(f"{use.path}:{use.line}: {use.text!r}")
        self.stdout.write(f"{len(missing)} messages without English")

from django.core.management.base import BaseCommand

from catalogue_ext.taxonomy_loading import load_taxonomy


class Command(BaseCommand):
    help = "Loads the official groups and the 26 criteria sets as categories; safe to repeat."

    def handle(self, **options):
        self.stdout.write(f"{load_taxonomy()} categories")

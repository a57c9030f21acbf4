"""`manage.py compile_translations`: what Django reads out of what people write, without msgfmt."""

from django.core.management.base import BaseCommand

from shop.common.messages import compile_messages, message_files


class Command(BaseCommand):
    help = "Compiles the message files that changed."
    requires_system_checks = ()

    def handle(self, **options):
        compiled = [path for path in message_files() if compile_messages(path)]
        self.stdout.write(f"{len(compiled)} message files compiled")

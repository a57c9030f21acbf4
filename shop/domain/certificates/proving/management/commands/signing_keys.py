import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.common import clock
from shop.domain.certificates.proving.keys import KeyInUse, UnknownKey, distrust_key, publish_keys


class Command(BaseCommand):
    help = "Prints the public keys certificates were signed with; --distrust says that one fell into other hands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--distrust", metavar="KEY_ID", help="what this key signed proves nothing any more")

    def handle(self, *, distrust: str | None, **options) -> None:
        today = clock.today()
        if distrust:
            try:
                distrust_key(key_id=distrust, today=today)
            except UnknownKey:
                raise CommandError(f"No key has the id {distrust}.") from None
            except KeyInUse:
                raise CommandError("The shop signs with this key: set another CERTIFICATE_SIGNING_KEY first.") from None
        self.stdout.write(json.dumps(publish_keys(today=today), indent=2))

"""Print the access matrix: who may open which address, by which methods, and whose object it shows."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shop.access.matrix import list_addresses


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON array instead of lines for people")

    def handle(self, *args: Any, **options: Any) -> None:
        addresses = [address.as_json() for address in list_addresses()]
        if options["json"]:
            self.stdout.write(json.dumps(addresses, ensure_ascii=False))
            return
        for address in addresses:
            line = "{pattern}  {name}  {methods}  {roles}".format_map(
                {**address, "methods": ",".join(address["methods"]), "roles": ",".join(address["roles"])}
            )
            self.stdout.write(f"{line}  [{address['owner']}]" if address["owner"] else line)

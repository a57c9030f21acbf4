"""`manage.py export_person`: everything the shop knows about a person, as JSON on standard output."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.common import clock
from shop.domain.personal_data.exporting import JSON_ENCODER, TooManyExports, export_account, export_guest_order
from shop.domain.personal_data.proving import NotTheirOrder, find_guest_order
from shop.operations.people import add_person_arguments, check_one_way, find_account, find_actor


class Command(BaseCommand):
    help = "Prints a person's data as one JSON object; the act is recorded in the audit log, the data nowhere."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_person_arguments(parser)

    def handle(self, *, login: str | None, order: str | None, contact: str | None, by: str, **options) -> None:
        actor, now = find_actor(by), clock.now()
        check_one_way(login=login, order=order, contact=contact)
        try:
            if login:
                exported = export_account(user_id=find_account(login).pk, actor=actor, now=now)
            else:
                found = find_guest_order(number=order or "", contact=contact or "")
                exported = export_guest_order(order=found, actor=actor, now=now)
        except NotTheirOrder:
            raise CommandError("No guest's order has this number and this contact.") from None
        except TooManyExports:
            raise CommandError("This person's data was exported often today: try again tomorrow.") from None
        self.stdout.write(json.dumps(exported.as_json(), cls=JSON_ENCODER, ensure_ascii=False, indent=2))

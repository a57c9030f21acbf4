"""`manage.py erase_person`: forget a person who asked for it, by login, or a guest by order and contact."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.common import clock
from shop.domain.personal_data.erasing import erase_account, erase_guest_order
from shop.domain.personal_data.models import ErasureRequest
from shop.domain.personal_data.obstacles import HoldsRole
from shop.domain.personal_data.proving import NotTheirOrder, find_guest_order
from shop.operations.people import add_person_arguments, check_one_way, find_account, find_actor


class Command(BaseCommand):
    help = "Erases a person's data: at once, or as soon as the last order is over. Order sums and the ledger stay."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_person_arguments(parser)

    def handle(self, *, login: str | None, order: str | None, contact: str | None, by: str, **options) -> None:
        actor, now = find_actor(by), clock.now()
        check_one_way(login=login, order=order, contact=contact)
        try:
            if login:
                done = erase_account(user_id=find_account(login).pk, actor=actor, now=now)
            else:
                found = find_guest_order(number=order or "", contact=contact or "")
                done = erase_guest_order(order_id=found.pk, actor=actor, now=now)
        except HoldsRole as held:
            raise CommandError(f"This account still works here ({held}): take its roles away first.") from None
        except NotTheirOrder:
            raise CommandError("No guest's order has this number and this contact.") from None
        who = f"person {done.user_id}" if done.user_id else f"order {order}"
        if done.state == ErasureRequest.State.DONE:
            self.stdout.write(f"{who}: erased")
        else:
            self.stdout.write(f"{who}: waits, an order is still open; done within 24 hours after the last one is over")

"""Orders made without an account come to the account of whoever proves that the mailbox or the phone is theirs."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from shop.common.gates import pass_gates
from shop.domain.people.erased import PERSON_GATE
from shop.oscar_forks.order.models import Order


def adopt_guest_orders(*, user_id: int, emails: Iterable[str], phones: Iterable[str]) -> int:
    """Give a person the guests' orders made with these contacts; returns how many came.

    Only proved ones may be passed (small letters, E.164): whoever types a stranger's address must not see the
    stranger's orders, and who has shown the mailbox or the phone may see what was written to it.
    """
    with transaction.atomic():
        pass_gates(kind=PERSON_GATE, ids=[user_id])
        contacts = Q(written_to__in=[email.lower() for email in emails]) | Q(buyer_phone__in=[*phones])
        orders = Order.objects.alias(written_to=Lower("guest_email")).filter(contacts, user=None)
        return orders.update(user_id=user_id)

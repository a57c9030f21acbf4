"""A guest proves an order theirs: its number, and the e-mail or the phone that was given with it."""

from django.core.exceptions import ValidationError

from shop.common.phone import normalise_phone
from shop.oscar_forks.order.models import Order


class NotTheirOrder(Exception):
    """No guest's order has this number and this contact; which of the two is wrong is not told."""


def find_guest_order(*, number: str, contact: str) -> Order:
    """Return a guest's order; raises NotTheirOrder. An account's order is erased with its account."""
    order = Order.objects.filter(number=number.strip().upper(), user=None).first()
    if order is None or not _is_contact(order, contact.strip()):
        raise NotTheirOrder(number)
    return order


def _is_contact(order: Order, contact: str) -> bool:
    if "@" in contact:
        return bool(order.guest_email) and order.guest_email.lower() == contact.lower()
    try:
        return bool(order.buyer_phone) and order.buyer_phone == normalise_phone(contact)
    except ValidationError:
        return False

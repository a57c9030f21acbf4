"""Orders nobody paid give their goods back at their deadline: the provider is asked first, then the order is taken apart.

A dead scheduler makes this late, never wrong: whoever pays meanwhile gets the goods, and money that comes after it wakes
the order again or goes back (`ordering.paying`).
"""

from datetime import datetime, timedelta

from django.db import transaction

from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert, Payment
from shop.domain.payments.models.payment import OPEN_STATUSES
from shop.domain.payments.provider import ProviderUnreachable
from shop.domain.payments.registry import PROVIDERS
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order

from .deriving import derive_status
from .messages import tell_order_expired
from .paying import apply_fact

EXTENSION = timedelta(minutes=2)
ALARM_AFTER = timedelta(minutes=30)
BATCH = 50


def expire_due_orders(*, now: datetime, at_most: int = BATCH) -> int:
    """End the holds that are over, one order per transaction; returns how many orders expired."""
    due = Order.objects.filter(status=Order.Status.AWAITING_PAYMENT, hold_until__lte=now)
    ids = list(due.order_by("hold_until", "pk").values_list("pk", flat=True)[:at_most])
    return sum(_expire_one(order_id, now) for order_id in ids)


def _expire_one(order_id: int, now: datetime) -> bool:
    if not _ask_provider(order_id, now):
        return False
    return _take_apart(order_id, now)


def _ask_provider(order_id: int, now: datetime) -> bool:
    """End the open attempt at its provider; money that turns out to be there is applied. False: nobody answered."""
    payment = Payment.objects.filter(order_id=order_id, status__in=OPEN_STATUSES).first()
    if payment is None:
        return True
    try:
        fact = PROVIDERS[payment.method].settle(payment_id=payment.pk, close=True)
    except ProviderUnreachable:
        _wait_a_little(order_id, payment, now)
        return False
    if fact is not None:
        apply_fact(payment_id=payment.pk, fact=fact, now=now)
    return True


@transaction.atomic
def _take_apart(order_id: int, now: datetime) -> bool:
    """Under the order's lock, unless somebody else has it: they are paying, cancelling or expiring it."""
    order = Order.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=order_id).first()
    if order is None or order.status != Order.Status.AWAITING_PAYMENT or order.hold_until is None or order.hold_until > now:
        return False
    payments = list(Payment.objects.select_for_update().filter(order=order, status__in=OPEN_STATUSES).order_by("pk"))
    if any(payment.status == Payment.Status.PROCESSING for payment in payments):
        return False  # the money is on its way; the provider will say which way it went
    for payment in payments:
        payment.status = Payment.Status.CANCELLED
        payment.save(update_fields=["status"])
    for parcel in Parcel.objects.select_for_update().filter(order=order, status=Parcel.Status.PENDING).order_by("pk"):
        transitions.expire(parcel=parcel, actor=SYSTEM, now=now)
    derive_status(order=order, is_expired=True)
    tell_order_expired(order=order, now=now)
    return True


@transaction.atomic
def _wait_a_little(order_id: int, payment: Payment, now: datetime) -> None:
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    if order.hold_until is None or order.status != Order.Status.AWAITING_PAYMENT:
        return
    order.hold_until = now + EXTENSION
    order.save(update_fields=["hold_until"])
    if payment.expires_at is not None and now > payment.expires_at + ALARM_AFTER:
        kind = MoneyAlert.Kind.PROVIDER_UNREACHABLE
        raise_alert(key=f"payment:{payment.pk}:{kind}", kind=kind, payment=payment, now=now)

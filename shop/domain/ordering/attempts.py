"""Beginning, ending and exchanging attempts to pay an order; each talks to a provider between two transactions."""

from datetime import datetime, timedelta

from django.db import transaction

from shop.domain.payments.models import Payment
from shop.domain.payments.models.payment import OPEN_STATUSES
from shop.domain.payments.provider import AttemptIsOver, OrderFacts, PaymentFact, PaymentRefused, ProviderUnreachable
from shop.domain.payments.registry import PROVIDERS
from shop.oscar_forks.order.models import Order

from .locking import lock_order
from .paying import apply_fact, outstanding_vnd

STALE_AFTER = timedelta(minutes=3)
# Who opens the page of payment only now gets its whole time once more, but not for ever.
LATEST_BEGINNING = timedelta(minutes=33)


class NothingToPay(Exception):
    """The order waits for no money (any more): it is paid, over, or was never to be paid before packing."""


def begin_attempt(*, order_id: int, now: datetime) -> Payment:
    """Open the current attempt of an order at its provider; the answer says where or how to pay.

    Pressing again leads to the same attempt. Raises NothingToPay, ProviderUnreachable (the order stays, try later).
    """
    payment = _open_attempt(order_id, now)
    try:
        return _begin(payment, now)
    except AttemptIsOver:
        apply_fact(payment_id=payment.pk, fact=PaymentFact(Payment.Status.FAILED), now=now)
    try:
        return _begin(_open_attempt(order_id, now), now)
    except AttemptIsOver as error:
        raise ProviderUnreachable from error


def exchange_method(*, order_id: int, method: str, facts: OrderFacts, now: datetime) -> Payment:
    """Pay an order that waits for its money another way: the old attempt is ended first, then a new one is written.

    Money that had come by the old one counts: then NothingToPay is raised. Raises PaymentRefused, ProviderUnreachable.
    """
    refusal = PROVIDERS[method].refuse_order(order=facts)
    if refusal is not None:
        raise PaymentRefused(refusal)
    close_attempts(order_id=order_id, now=now)
    with transaction.atomic():
        order, _ = lock_order(order_id=order_id)
        if order.status != Order.Status.AWAITING_PAYMENT:
            raise NothingToPay(order.number)
        order.payment_method = method
        order.save(update_fields=["payment_method"])
    return begin_attempt(order_id=order_id, now=now)


def close_attempts(*, order_id: int, now: datetime) -> None:
    """End the open attempt of an order; what its provider answers is applied."""
    for payment in Payment.objects.filter(order_id=order_id, status__in=OPEN_STATUSES):
        _close(payment, now)


def close_unwanted_attempts(*, now: datetime, at_most: int = 50) -> int:
    """End the attempts that no longer ask for the right amount, and open the next one where there is still something to pay."""
    unwanted = Payment.objects.filter(status__in=OPEN_STATUSES, close_asked_at__isnull=False).order_by("close_asked_at")
    closed = 0
    for payment in unwanted[:at_most]:
        try:
            _close(payment, now)
        except ProviderUnreachable:
            continue
        closed += 1
    return closed


def reconcile(*, now: datetime, at_most: int = 500) -> int:
    """Ask the providers about every open attempt older than three minutes, oldest look first; returns how many answered."""
    unseen = Payment.objects.filter(status__in=OPEN_STATUSES, created_at__lte=now - STALE_AFTER).exclude(
        checked_at__gt=now - STALE_AFTER
    )
    answered = 0
    for payment in unseen.order_by("checked_at", "pk")[:at_most]:
        try:
            fact = PROVIDERS[payment.method].settle(payment_id=payment.pk, close=False)
        except ProviderUnreachable:
            continue
        if fact is not None:
            apply_fact(payment_id=payment.pk, fact=fact, now=now)
            answered += 1
    return answered


def _begin(payment: Payment, now: datetime) -> Payment:
    if not payment.page_url and not payment.provider_ref:
        PROVIDERS[payment.method].begin(payment_id=payment.pk, now=now)
        payment.refresh_from_db()
    return payment


def _close(payment: Payment, now: datetime) -> None:
    fact = PROVIDERS[payment.method].settle(payment_id=payment.pk, close=True)
    if fact is not None:
        apply_fact(payment_id=payment.pk, fact=fact, now=now)
        return
    with transaction.atomic():
        lock_order(order_id=payment.order_id)
        Payment.objects.filter(pk=payment.pk, status__in=OPEN_STATUSES).update(status=Payment.Status.CANCELLED)


@transaction.atomic
def _open_attempt(order_id: int, now: datetime) -> Payment:
    order, _ = lock_order(order_id=order_id)
    due_vnd = outstanding_vnd(order=order)
    if order.status != Order.Status.AWAITING_PAYMENT or due_vnd == 0:
        raise NothingToPay(order.number)
    payment = Payment.objects.filter(order=order, status__in=OPEN_STATUSES).first()
    if payment is not None and (payment.provider_ref or now > payment.created_at + LATEST_BEGINNING):
        return payment
    order.hold_until = max(order.hold_until or now, PROVIDERS[order.payment_method].hold_until(now=now) or now)
    order.save(update_fields=["hold_until"])
    return payment or Payment.objects.create(order=order, method=order.payment_method, amount_vnd=due_vnd, created_at=now)

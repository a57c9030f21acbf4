"""What is known of an attempt to pay becomes what is true of its order: the only way in for webhook, reconciler and bank.

Facts come in any order and any number of times. Money is never lost: it pays its order, wakes an order whose hold ended
when the goods are still there, or goes back.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from shop.common.promises import PARCEL_CONFIRMED_WITHIN_HOURS
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert, Payment, Refund
from shop.domain.payments.models.payment import CAPTURED_STATUSES
from shop.domain.payments.provider import PaymentFact
from shop.domain.payments.ranks import is_news
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order

from . import booking
from .deriving import DROPPED, derive_status
from .locking import lock_order_of_payment
from .messages import tell_order_paid
from .refund_promises import refund_rest
from .reviving import HoldIsOver, keep_shelf_of, revive_order

S = Payment.Status
CURRENCY = "vnd"
CONFIRM_WITHIN = timedelta(hours=PARCEL_CONFIRMED_WITHIN_HOURS)


def apply_fact(*, payment_id: int, fact: PaymentFact, now: datetime) -> Payment:
    """Let a payment and its order be what the provider says they are; saying it again changes nothing.

    Money of another amount or currency pays nothing: it goes to the office's work list.
    """
    return apply_reading(payment_id=payment_id, read=lambda _payment: fact, now=now)


def apply_reading(*, payment_id: int, read: Callable[[Payment], PaymentFact | None], now: datetime) -> Payment:
    """The same where only the shop itself knows the fact: it is read under the order's lock; None changes nothing.

    `read` may write, and is called again when the order expired between the first look and the lock: then nothing of
    its first call stays.
    """
    try:
        return _apply_once(payment_id, read, now)
    except _ExpiredMeanwhile:
        return _apply_once(payment_id, read, now)


def outstanding_vnd(*, order: Order) -> int:
    """Return what an order's live parcels cost: what is to be paid for it as long as nothing is."""
    return sum(Parcel.objects.filter(order=order).exclude(status__in=DROPPED).values_list("total_vnd", flat=True))


class _ExpiredMeanwhile(Exception):
    """The hold ended between the first look and the lock; the second try takes the locks of the goods first."""


@transaction.atomic
def _apply_once(payment_id: int, read: Callable[[Payment], PaymentFact | None], now: datetime) -> Payment:
    shelf_is_kept = keep_shelf_of(payment_id=payment_id)
    order, payment = lock_order_of_payment(payment_id=payment_id)
    fact = read(payment)
    if fact is None:
        return payment
    _keep_names(payment, fact, now)
    if fact.status == S.SUCCEEDED:
        if payment.status not in CAPTURED_STATUSES and _is_right_money(payment, fact, now):
            if order.status == Order.Status.EXPIRED and not shelf_is_kept:
                raise _ExpiredMeanwhile
            _capture(order, payment, now)
    elif is_news(present=payment.status, told=fact.status):
        payment.status = fact.status
        payment.save(update_fields=["status"])
    return payment


def _keep_names(payment: Payment, fact: PaymentFact, now: datetime) -> None:
    payment.provider_ref = fact.provider_ref or payment.provider_ref
    payment.intent_ref = fact.intent_ref or payment.intent_ref
    payment.error = fact.error[:64]
    payment.checked_at = now
    payment.save(update_fields=["provider_ref", "intent_ref", "error", "checked_at"])


def _is_right_money(payment: Payment, fact: PaymentFact, now: datetime) -> bool:
    if fact.currency.lower() != CURRENCY:
        kind = MoneyAlert.Kind.WRONG_CURRENCY
    elif fact.captured != payment.amount_vnd:
        kind = MoneyAlert.Kind.WRONG_AMOUNT
    else:
        return True
    raise_alert(
        key=f"payment:{payment.pk}:{kind}",
        kind=kind,
        payment=payment,
        amount_vnd=payment.amount_vnd,
        now=now,
        captured=fact.captured,
        currency=fact.currency,
        provider_ref=fact.provider_ref,
    )
    return False


def _capture(order: Order, payment: Payment, now: datetime) -> None:
    payment.status, payment.captured_vnd, payment.succeeded_at = S.SUCCEEDED, payment.amount_vnd, now
    payment.save(update_fields=["status", "captured_vnd", "succeeded_at"])
    if _was_paid_before(order, payment):
        _give_all_back(order, payment, Refund.Reason.DOUBLE_PAYMENT, now)
        return
    if order.status == Order.Status.EXPIRED:
        try:
            revive_order(order=order, confirm_by=now + CONFIRM_WITHIN, now=now)
        except HoldIsOver:
            _give_all_back(order, payment, Refund.Reason.LATE_MONEY, now)
            return
    _pay(order, payment, now)


def _was_paid_before(order: Order, payment: Payment) -> bool:
    others = Payment.objects.filter(order=order, status__in=CAPTURED_STATUSES).exclude(pk=payment.pk)
    return any(other.captured_vnd > other.promised_back_vnd for other in others)


def _give_all_back(order: Order, payment: Payment, reason: str, now: datetime) -> None:
    booking.book_capture(payment=payment, parcels=[], now=now)
    refund_rest(order=order, payment=payment, amount_vnd=payment.captured_vnd, reason=reason, now=now)
    derive_status(order=order)


def _pay(order: Order, payment: Payment, now: datetime) -> None:
    """The money is there: producers are asked, and what it paid too much (a parcel dropped out meanwhile) goes back."""
    parcels = list(Parcel.objects.select_for_update().filter(order=order).exclude(status__in=DROPPED).order_by("pk"))
    due_vnd = sum(parcel.total_vnd for parcel in parcels)
    if due_vnd > payment.captured_vnd:
        # A closed attempt of before: it never covers more than its order did, so this is somebody's mistake to look at.
        raise_alert(key=f"payment:{payment.pk}:covers_less", kind=MoneyAlert.Kind.WRONG_AMOUNT, payment=payment, now=now)
    for parcel in parcels:
        transitions.release_to_producer(parcel=parcel, actor=SYSTEM, confirm_by=now + CONFIRM_WITHIN, now=now)
    booking.book_capture(payment=payment, parcels=parcels, now=now)
    if payment.captured_vnd > due_vnd:
        too_much = payment.captured_vnd - due_vnd
        reason = Refund.Reason.CANCELLED if parcels else Refund.Reason.LATE_MONEY
        refund_rest(order=order, payment=payment, amount_vnd=too_much, reason=reason, now=now)
    order.hold_until = None
    order.save(update_fields=["hold_until"])
    derive_status(order=order)
    if parcels:
        tell_order_paid(order=order, now=now)

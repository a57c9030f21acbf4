"""Money from the bank finds its order by the reference in its memo; what finds none waits on the office's work list.

Feed, statement and hand come through here, and one bank reference counts once. Several transfers for one order add up.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.ledger import postings
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import BankTransfer, MoneyAlert, Payment
from shop.domain.payments.models.payment import CAPTURED_STATUSES
from shop.domain.payments.provider import PaymentFact
from shop.domain.payments.providers.vietqr import METHOD, came_vnd_of
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Order

from .paying import apply_reading

SEPARATORS = re.compile(r"[\s.\-_/]+")
REFERENCE = re.compile(r"(?=OC([0-9A-Z]{8}))")
# What people and banks make of letters that order numbers do not use.
MISREAD = str.maketrans("OIL", "011")


class NotThisTransfer(Exception):
    """The transfer has an order already, went back, or the order takes no transfer."""


@dataclass(frozen=True)
class Arrival:
    """One movement on the shop's account, as the bank tells of it; the amount in whole đồng."""

    bank_reference: str
    amount_vnd: int
    memo: str
    booked_at: datetime


def take_transfer(*, arrival: Arrival, source: str, now: datetime) -> BankTransfer:
    """Write a movement down, once, and let it pay the order its memo names."""
    with transaction.atomic():
        transfer, is_new = BankTransfer.objects.get_or_create(
            bank_reference=arrival.bank_reference[:64],
            defaults={
                "source": source,
                "amount_vnd": arrival.amount_vnd,
                "memo": arrival.memo[:255],
                "booked_at": arrival.booked_at,
                "received_at": now,
            },
        )
        if is_new:
            postings.receive_unallocated(transfer_id=str(transfer.pk), amount_vnd=transfer.amount_vnd, now=now)
    if transfer.state == BankTransfer.State.UNMATCHED:
        _match(transfer, now)
    return transfer


def match_by_hand(*, transfer_id: int, order_number: str, actor: Actor, now: datetime) -> BankTransfer:
    """Give a transfer to the order an officer names. Raises NotThisTransfer."""
    transfer = BankTransfer.objects.get(pk=transfer_id)
    payment = _payment_of(Order.objects.filter(number=order_number.strip().upper()).first())
    if payment is None:
        raise NotThisTransfer(transfer_id)
    _pay(payment, transfer, now, actor=actor)
    transfer.refresh_from_db()
    return transfer


@transaction.atomic
def mark_returned(*, transfer_id: int, actor: Actor, now: datetime, bank_reference: str = "") -> BankTransfer:
    """An officer sent a transfer that belongs to no order back. Raises NotThisTransfer."""
    transfer = BankTransfer.objects.select_for_update().get(pk=transfer_id)
    if transfer.state != BankTransfer.State.UNMATCHED:
        raise NotThisTransfer(transfer_id)
    transfer.state, transfer.matched_by_id = BankTransfer.State.RETURNED, actor.user_id
    transfer.save(update_fields=["state", "matched_by"])
    postings.return_unallocated(transfer_id=str(transfer.pk), amount_vnd=transfer.amount_vnd, now=now)
    record(
        actor=actor,
        action="transfer.returned",
        subject=Subject("transfer", transfer.pk, transfer.bank_reference),
        now=now,
        new={"amount_vnd": transfer.amount_vnd, "bank_reference": bank_reference.strip()},
    )
    _close_alerts(transfer, actor, "returned", now)
    return transfer


def find_numbers(memo: str) -> set[str]:
    """Return the order numbers a memo may name, whatever its bank did to blanks, dashes and letters."""
    text = SEPARATORS.sub("", memo.upper())
    return {f"OC-{found.translate(MISREAD)}" for found in REFERENCE.findall(text)}


def _match(transfer: BankTransfer, now: datetime) -> None:
    orders = list(Order.objects.filter(number__in=find_numbers(transfer.memo))[:2])
    payment = _payment_of(orders[0]) if len(orders) == 1 else None
    if payment is None:
        kind = MoneyAlert.Kind.UNKNOWN_REFERENCE
        _alert(transfer, kind, now)
        return
    # Somebody may have given it to an order, or sent it back, since it was looked at.
    with suppress(NotThisTransfer):
        _pay(payment, transfer, now)


def _payment_of(order: Order | None) -> Payment | None:
    """The attempt that a transfer for this order pays: the open one, else the last that waited for a transfer."""
    if order is None:
        return None
    attempts = list(Payment.objects.filter(order=order, method=METHOD).order_by("pk"))
    return next((payment for payment in attempts if payment.is_open), attempts[-1] if attempts else None)


def _pay(payment: Payment, transfer: BankTransfer, now: datetime, *, actor: Actor | None = None) -> None:
    """Give a transfer to an attempt and add up what came for it, both under the order's lock.

    Whoever returns money of the same order by hand comes before (what went back is not added) or after (all of it has paid).
    """

    def take(locked: Payment) -> PaymentFact | None:
        _attach(transfer, locked, actor)
        if actor is not None:
            _keep_match(transfer, locked, actor, now)
        return _add_up(locked, transfer, now)

    apply_reading(payment_id=payment.pk, read=take, now=now)


def _attach(transfer: BankTransfer, payment: Payment, actor: Actor | None) -> None:
    waiting = BankTransfer.objects.filter(pk=transfer.pk, state=BankTransfer.State.UNMATCHED)
    user_id = actor.user_id if actor else None
    if not waiting.update(state=BankTransfer.State.MATCHED, payment=payment, matched_by_id=user_id):
        raise NotThisTransfer(transfer.pk)


def _keep_match(transfer: BankTransfer, payment: Payment, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        action="transfer.matched",
        subject=Subject("order", payment.order_id, label=payment.order.number),
        now=now,
        new={"transfer": transfer.bank_reference, "amount_vnd": transfer.amount_vnd},
    )
    _close_alerts(transfer, actor, "matched", now)


def _add_up(payment: Payment, transfer: BankTransfer, now: datetime) -> PaymentFact | None:
    came_vnd = came_vnd_of(payment)
    if payment.status in CAPTURED_STATUSES or came_vnd > payment.amount_vnd:
        _alert(transfer, MoneyAlert.Kind.OVERPAID, now, payment=payment, expected=payment.amount_vnd, came=came_vnd)
    if came_vnd < payment.amount_vnd:
        _alert(transfer, MoneyAlert.Kind.UNDERPAID, now, payment=payment, expected=payment.amount_vnd, came=came_vnd)
        return None
    MoneyAlert.objects.filter(payment=payment, kind=MoneyAlert.Kind.UNDERPAID, closed_at__isnull=True).update(
        closed_at=now, outcome="made_up"
    )
    return PaymentFact(
        Payment.Status.SUCCEEDED, amount=payment.amount_vnd, captured=payment.amount_vnd, provider_ref=payment.provider_ref
    )


def _alert(transfer: BankTransfer, kind: str, now: datetime, *, payment: Payment | None = None, **detail: Any) -> None:
    raise_alert(
        key=f"transfer:{transfer.pk}:{kind}",
        kind=kind,
        payment=payment,
        amount_vnd=transfer.amount_vnd,
        now=now,
        transfer=transfer.pk,
        bank_reference=transfer.bank_reference,
        **detail,
    )


def _close_alerts(transfer: BankTransfer, actor: Actor, outcome: str, now: datetime) -> None:
    MoneyAlert.objects.filter(key__startswith=f"transfer:{transfer.pk}:", closed_at__isnull=True).update(
        closed_at=now, closed_by_id=actor.user_id, outcome=outcome
    )

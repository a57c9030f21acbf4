"""Money by transfer that pays nothing goes back: an officer sends it at the bank and keeps the bank's reference here."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from shop.domain.audit_log.recording import Subject, record
from shop.domain.ledger import accounts
from shop.domain.ledger.models import Entry, Transaction
from shop.domain.ledger.posting import Posting, post
from shop.domain.payments.models import BankTransfer, MoneyAlert, Payment
from shop.domain.people.actor import Actor

from .locking import lock_order_of_payment


class NothingToReturn(Exception):
    """All that came has paid its order or went back already."""


class OtherAmountHeld(Exception):
    """More or less is held than what was sent back: money moved meanwhile, or the amount was typed wrong."""


def surplus_of(*, payment: Payment) -> int:
    """Return what came by transfer for an attempt and neither paid it nor went back."""
    came = payment.transfers.aggregate(sum=Sum("amount_vnd", default=0))["sum"]
    # What was captured for it, and what of it went back before, both left «belongs to nobody yet».
    left = Entry.objects.filter(account=accounts.UNALLOCATED, transaction__payment_id=payment.pk)
    return came - left.aggregate(sum=Sum("amount_vnd", default=0))["sum"]


@transaction.atomic
def return_surplus(*, alert_id: int, amount_vnd: int, bank_reference: str, actor: Actor, now: datetime) -> None:
    """Keep that what came too much, or too little to pay, was sent back. Raises NothingToReturn, OtherAmountHeld."""
    alert = MoneyAlert.objects.select_related("payment").get(pk=alert_id)
    if alert.payment is None:
        raise NothingToReturn(alert_id)
    order, payment = lock_order_of_payment(payment_id=alert.payment.pk)
    held_vnd = surplus_of(payment=payment)
    if held_vnd <= 0:
        raise NothingToReturn(alert_id)
    if amount_vnd != held_vnd:
        raise OtherAmountHeld(held_vnd)
    post(
        key=f"surplus_returned:{alert.pk}:{bank_reference.strip()[:64]}",
        kind=Transaction.Kind.UNALLOCATED,
        entries=[Posting(accounts.UNALLOCATED, amount_vnd), Posting(accounts.BANK, -amount_vnd)],
        order_id=order.pk,
        payment_id=payment.pk,
        now=now,
    )
    if payment.captured_vnd == 0:
        # What went back adds up with nothing that comes later.
        payment.transfers.update(state=BankTransfer.State.RETURNED)
    record(
        actor=actor,
        action="transfer.returned",
        subject=Subject("order", order.pk, label=order.number),
        now=now,
        new={"amount_vnd": amount_vnd, "bank_reference": bank_reference.strip()},
    )
    kinds = (MoneyAlert.Kind.OVERPAID, MoneyAlert.Kind.UNDERPAID)
    MoneyAlert.objects.filter(payment=payment, kind__in=kinds, closed_at__isnull=True).update(
        closed_at=now, closed_by_id=actor.user_id, outcome="returned"
    )

"""Gather who is to be paid. Locks: batch, payouts, then what each producer is owed, by the account's name."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.recording import Subject, record
from shop.domain.ledger.auditing import PayoutStop, payout_stop
from shop.domain.people.actor import Actor

from . import owing
from .models import Payout, PayoutBatch

B = PayoutBatch.Status


class PayoutsStopped(Exception):
    """The books are not known to be right, so no money leaves; `stop` says why."""

    def __init__(self, stop: PayoutStop) -> None:
        self.stop = stop
        super().__init__(stop)


class TooEarly(Exception):
    """The next round is on `day`."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(day)


class NobodyToPay(Exception):
    """Nobody may be paid now."""


class BatchNotOpen(Exception):
    """The batch does not wait for this act (any more)."""


@transaction.atomic
def prepare_batch(*, actor: Actor, now: datetime) -> PayoutBatch:
    """Write a batch of everybody who may be paid; while one waits for approval it is that one, whoever asks.

    Raises PayoutsStopped, TooEarly, NobodyToPay.
    """
    refuse_while_stopped(now=now)
    waiting = PayoutBatch.objects.filter(status=B.PREPARED).first()
    if waiting is not None:
        return waiting
    due_on = next_payout_day(now=now)
    if due_on > now.astimezone(SHOP_TIME_ZONE).date():
        raise TooEarly(due_on)
    try:
        with transaction.atomic():
            batch = PayoutBatch.objects.create(prepared_by_id=actor.user_id, prepared_at=now)
    except IntegrityError:  # somebody else prepared one at this moment
        return PayoutBatch.objects.get(status=B.PREPARED)
    _fill(batch, now)
    record(actor=actor, action="payout.prepared", subject=subject_of(batch), now=now, new=_shown(batch))
    return batch


@transaction.atomic
def call_off_batch(*, batch_id: int, actor: Actor, now: datetime) -> PayoutBatch:
    """Drop a batch that waits; nothing was in the books yet. Raises BatchNotOpen."""
    batch = PayoutBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.status == B.CANCELLED:
        return batch
    if batch.status != B.PREPARED:
        raise BatchNotOpen(batch_id)
    batch.status, batch.closed_at = B.CANCELLED, now
    batch.save(update_fields=["status", "closed_at"])
    batch.payouts.update(status=Payout.Status.DROPPED)
    record(actor=actor, action="payout.called_off", subject=subject_of(batch), now=now)
    return batch


def next_payout_day(*, now: datetime) -> date:
    """The first day on which a batch may be prepared: so many days after the last one that went out, else today."""
    today = now.astimezone(SHOP_TIME_ZONE).date()
    last = PayoutBatch.objects.filter(status__in=[B.APPROVED, B.SETTLED]).first()
    if last is None:
        return today
    due_on = last.prepared_at.astimezone(SHOP_TIME_ZONE).date() + timedelta(days=settings.PAYOUT_EVERY_DAYS)
    return max(today, due_on)


def refuse_while_stopped(*, now: datetime) -> None:
    """Raise PayoutsStopped unless the last look at all invariants was lately and found nothing."""
    stop = payout_stop(now=now)
    if stop is not None:
        raise PayoutsStopped(stop)


def subject_of(batch: PayoutBatch) -> Subject:
    """The batch as the log names it."""
    return Subject("payout_batch", batch.pk, label=str(batch.pk))


def _fill(batch: PayoutBatch, now: datetime) -> None:
    producer_ids = owing.owed_producers()
    owing.lock_owed(producer_ids=producer_ids)
    payable = [owed for owed in owing.assess(producer_ids=producer_ids, now=now) if owed.obstacle is None]
    if not payable:
        raise NobodyToPay
    Payout.objects.bulk_create(
        Payout(batch=batch, producer_id=owed.profile.pk, bank_account=owed.account, amount_vnd=owed.amount_vnd)
        for owed in payable
    )
    batch.payout_count, batch.total_vnd = len(payable), sum(owed.amount_vnd for owed in payable)
    batch.save(update_fields=["payout_count", "total_vnd"])


def _shown(batch: PayoutBatch) -> dict[str, int]:
    return {"payouts": batch.payout_count, "total_vnd": batch.total_vnd}

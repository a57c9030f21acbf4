"""The second person lets a batch go: each payout is looked at once more, and what goes is in the books from here on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.recording import record
from shop.domain.ledger import postings
from shop.domain.people.actor import Actor

from . import owing
from .bank_file import checksum_of, payment_rows
from .models import Payout, PayoutBatch
from .owing import Owed
from .preparing import BatchNotOpen, refuse_while_stopped, subject_of

B = PayoutBatch.Status
P = Payout.Status
# What the office reads beside a payout that was left out.
CHANGED = "changed"


class OwnBatch(Exception):
    """Nobody approves what they prepared themselves."""


class OwnPayout(Exception):
    """Nobody approves money for a producer they work for."""


@transaction.atomic
def approve_batch(*, batch_id: int, actor: Actor, now: datetime) -> PayoutBatch:
    """Approve as somebody else than who prepared it; again changes nothing.

    A payout that is not right any more (a refund came, a dispute, another account) is left out; the rest goes.
    A batch of which nothing is left is called off. Raises OwnBatch, OwnPayout, BatchNotOpen, PayoutsStopped.
    """
    batch = PayoutBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.prepared_by_id == actor.user_id:
        raise OwnBatch(batch_id)
    if batch.approved_by_id == actor.user_id and batch.status == B.APPROVED:
        return batch
    if batch.status != B.PREPARED:
        raise BatchNotOpen(batch_id)
    refuse_while_stopped(now=now)
    payouts = list(batch.payouts.select_for_update(of=("self",)).select_related("bank_account").order_by("pk"))
    if set(actor.producer_ids()) & {payout.producer_id for payout in payouts}:
        raise OwnPayout(batch_id)
    _send(payouts, now)
    _close(batch, [payout for payout in payouts if payout.status == P.SENT], actor, now)
    return batch


def _send(payouts: Sequence[Payout], now: datetime) -> None:
    producer_ids = [payout.producer_id for payout in payouts]
    owing.lock_owed(producer_ids=producer_ids)
    assessed = owing.assess(producer_ids=producer_ids, now=now, but_for=[payout.pk for payout in payouts])
    owed = {one.profile.pk: one for one in assessed}
    for payout in payouts:
        payout.failure = _why_not(payout, owed[payout.producer_id])
        payout.status = P.DROPPED if payout.failure else P.SENT
        payout.save(update_fields=["status", "failure"])
        if payout.status == P.SENT:
            postings.pay_out(payout_id=payout.pk, producer_id=payout.producer_id, amount_vnd=payout.amount_vnd, now=now)


def _why_not(payout: Payout, owed: Owed) -> str:
    if owed.obstacle is not None:
        return str(owed.obstacle)
    is_as_prepared = owed.account is not None and owed.account.pk == payout.bank_account_id
    return "" if is_as_prepared and payout.amount_vnd <= owed.amount_vnd else CHANGED


def _close(batch: PayoutBatch, sent: Sequence[Payout], actor: Actor, now: datetime) -> None:
    batch.status = B.APPROVED if sent else B.CANCELLED
    batch.approved_by_id, batch.approved_at = actor.user_id, now
    batch.closed_at = None if sent else now
    batch.payout_count, batch.total_vnd = len(sent), sum(payout.amount_vnd for payout in sent)
    batch.checksum = checksum_of(payment_rows(sent)) if sent else ""
    batch.save()
    record(
        actor=actor,
        action="payout.approved",
        subject=subject_of(batch),
        now=now,
        new={"payouts": batch.payout_count, "total_vnd": batch.total_vnd, "sha256": batch.checksum},
        prepared_by=batch.prepared_by_id,
    )

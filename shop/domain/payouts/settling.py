"""What the bank answered: paid with its reference, or not, and then the money is in the balance again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.ledger import postings
from shop.domain.people.actor import Actor

from .letters import tell_payout
from .models import Payout, PayoutBatch

P = Payout.Status


class PayoutNotOut(Exception):
    """The payout is not with the bank, or ended another way already."""


class ReferenceMissing(ValueError):
    """Paid without the bank's reference, or failed without a reason."""


@dataclass(frozen=True)
class Answer:
    """What the bank says of one payout."""

    payout_id: int
    is_paid: bool
    bank_reference: str = ""
    failure: str = ""


@transaction.atomic
def settle_payouts(*, batch_id: int, answers: Sequence[Answer], actor: Actor, now: datetime) -> int:
    """Write all of the bank's answers down, or none; returns how many were news. Raises PayoutNotOut, ReferenceMissing.

    A payout that the bank had paid and sent back later may still fail; one that failed is paid by another batch.
    """
    batch = PayoutBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    payouts = {payout.pk: payout for payout in batch.payouts.select_for_update(of=("self",)).order_by("pk")}
    news = 0
    for answer in answers:
        payout = payouts.get(answer.payout_id)
        if payout is None:
            raise PayoutNotOut(answer.payout_id)
        news += _settle(payout, answer, actor, now)
    if batch.status == PayoutBatch.Status.APPROVED and all(payout.status != P.SENT for payout in payouts.values()):
        batch.status, batch.closed_at = PayoutBatch.Status.SETTLED, now
        batch.save(update_fields=["status", "closed_at"])
    return news


def _settle(payout: Payout, answer: Answer, actor: Actor, now: datetime) -> bool:
    target = P.PAID if answer.is_paid else P.FAILED
    if payout.status == target:
        return False
    if payout.status != P.SENT and (payout.status, target) != (P.PAID, P.FAILED):
        raise PayoutNotOut(payout.pk)
    reference, failure = answer.bank_reference.strip()[:64], answer.failure.strip()[:200]
    if not (reference if answer.is_paid else failure):
        raise ReferenceMissing(payout.pk)
    payout.status, payout.settled_at, payout.failure = target, now, failure
    payout.bank_reference = reference or payout.bank_reference
    payout.save(update_fields=["status", "settled_at", "failure", "bank_reference"])
    if target == P.FAILED:
        postings.return_payout(payout_id=payout.pk, producer_id=payout.producer_id, amount_vnd=payout.amount_vnd, now=now)
    record(
        actor=actor,
        action=f"payout.{target}",
        subject=Subject("payout", payout.pk, label=payout.code, producer_id=payout.producer_id),
        now=now,
        new={"status": str(target), "amount_vnd": payout.amount_vnd, "bank_reference": payout.bank_reference},
        reason=failure,
    )
    tell_payout(payout=payout, now=now)
    return True

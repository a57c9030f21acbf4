"""What the sales left to be paid out, paid: prepared by one sample officer, approved by another, and all of it arrived."""

from datetime import datetime

from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.models import PayoutBatch
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.payouts.settling import Answer, settle_payouts
from shop.domain.people.actor import Actor
from shop.domain.people.models import User

OFFICERS = ("mau.chi.1@mau.example", "mau.chi.2@mau.example")


def play_payout(*, now: datetime) -> PayoutBatch:
    """Pay one batch to everybody who is owed enough; raises what `prepare_batch` raises."""
    first, second = (_officer(email) for email in OFFICERS)
    prepared = prepare_batch(actor=first, now=now)
    batch = approve_batch(batch_id=prepared.pk, actor=second, now=now)
    answers = [Answer(sent.pk, is_paid=True, bank_reference=f"MAU{sent.pk:06}") for sent in batch.payouts.filter(status="sent")]
    settle_payouts(batch_id=batch.pk, answers=answers, actor=second, now=now)
    return batch


def _officer(email: str) -> Actor:
    # Nobody can log in as one: without a password and a second factor they are names on a batch.
    user, _ = User.objects.get_or_create(email=email, defaults={"first_name": "Cán bộ", "last_name": "Mẫu"})
    return Actor(user_id=user.pk, roles=frozenset({"officer"}), label=email)

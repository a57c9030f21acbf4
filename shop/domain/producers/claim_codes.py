"""Codes that the office sends by letter, and with which a producer's people claim it.

Sixteen of twenty-five signs are 74 bits: a guess is hopeless, so a plain hash keeps them well. The code itself is shown
once, on the letter.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor

from .models import ClaimCode, ProducerProfile
from .standing import IllegalMove, lock_producer, subject_of

# Without what is mistaken for something else on paper: B 8, I 1 L, O 0, S 5, Z 2.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
GROUPS, GROUP_LENGTH = 4, 4
VALID_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Letter:
    """A fresh code for one producer, and until when it opens; to be printed now, for it is kept nowhere."""

    profile: ProducerProfile
    code: str
    expires_at: datetime


def make_letters(*, producer_ids: Iterable[int], actor: Actor, now: datetime) -> list[Letter]:
    """Make a code for each of these unclaimed producers, all or none; a code made earlier opens nothing any more."""
    with transaction.atomic():
        return [make_letter(producer_id=producer_id, actor=actor, now=now) for producer_id in sorted(set(producer_ids))]


@transaction.atomic
def make_letter(*, producer_id: int, actor: Actor, now: datetime) -> Letter:
    """Make a code for one producer; raises IllegalMove when it was claimed already."""
    profile = lock_producer(producer_id=producer_id, actor=actor)
    if profile.status != ProducerProfile.Status.UNCLAIMED:
        raise IllegalMove(profile.status, "claim_code")
    ClaimCode.objects.filter(producer=producer_id, voided_at=None, used_at=None).update(voided_at=now)
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    made = ClaimCode.objects.create(
        producer_id=producer_id,
        code_hash=hash_of(code),
        made_at=now,
        made_by_id=actor.user_id,
        # The letter names a day; the code works to the end of it.
        expires_at=(now + VALID_FOR).replace(hour=23, minute=59, second=59, microsecond=0),
    )
    record(
        actor=actor,
        action="producer.claim_code_made",
        subject=subject_of(profile),
        now=now,
        new={"expires_at": made.expires_at},
    )
    return Letter(profile, code, made.expires_at)


def hash_of(typed: str) -> str:
    """Return what is kept of a code, however it was typed: small letters, spaces and dashes make no difference."""
    return hashlib.sha256("".join(sign for sign in typed.upper() if sign.isalnum()).encode()).hexdigest()

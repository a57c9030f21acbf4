"""Somebody claims an imported producer with the code of the office's letter."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor

from .claim_codes import hash_of
from .gate import shut_producer
from .models import ClaimAttempt, ClaimCode, Membership, ProducerClaim, ProducerEvent, ProducerProfile
from .standing import IllegalMove, move_producer, subject_of

COUNTED_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)
TRIES_PER_PERSON = 10
TRIES_PER_ADDRESS = 30


class CodeRefused(Exception):
    """The code is wrong, used, replaced or too old; which of these is told to nobody."""


class TooManyTries(Exception):
    """Somebody guesses: from this account or this address no code is looked at for a while."""


class TermsNotAccepted(Exception):
    """Whoever claims a producer accepts the terms of selling, by their own tick."""


@dataclass(frozen=True)
class Claimant:
    """Who claims, in their own words: what they are at the producer, and a phone (E.164) the office can ring."""

    position: str
    phone: str
    accepts_terms: bool


def try_code(*, code: str, actor: Actor, address: str, now: datetime) -> ProducerProfile:
    """Return the producer a code belongs to; raises CodeRefused or TooManyTries. Counted before it is looked at."""
    # Outside any transaction on purpose: of a hundred at once, each counts those that came before it.
    ClaimAttempt.objects.filter(at__lt=now - KEPT_FOR).delete()
    ClaimAttempt.objects.create(at=now, user_id=actor.user_id, address=address[:64])
    recent = ClaimAttempt.objects.filter(at__gt=now - COUNTED_FOR)
    if recent.filter(user=actor.user_id).count() > TRIES_PER_PERSON:
        raise TooManyTries
    if recent.filter(address=address[:64]).count() > TRIES_PER_ADDRESS:
        raise TooManyTries
    return producer_of_code(code_hash=hash_of(code), now=now)


def producer_of_code(*, code_hash: str, now: datetime) -> ProducerProfile:
    """Return the unclaimed producer behind an open code; raises CodeRefused."""
    code = ClaimCode.objects.filter(code_hash=code_hash).first()
    if code is None or not _is_open(code, now):
        raise CodeRefused
    profiles = ProducerProfile.objects.select_related("producer", "province", "commune")
    profile = profiles.filter(pk=code.producer_id, status=ProducerProfile.Status.UNCLAIMED).first()
    if profile is None:
        raise CodeRefused
    return profile


@transaction.atomic
def claim_producer(*, code_hash: str, claimant: Claimant, actor: Actor, now: datetime) -> ProducerProfile:
    """Use a code up: the actor owns the producer, which waits for the office. Raises CodeRefused or TermsNotAccepted."""
    if not claimant.accepts_terms:
        raise TermsNotAccepted
    code, profile = _lock(code_hash, now)
    try:
        move_producer(profile=profile, action=ProducerEvent.Action.CLAIMED, reason="", actor=actor, now=now)
    except IllegalMove as claimed_already:
        raise CodeRefused from claimed_already
    code.used_at = now
    code.save(update_fields=["used_at"])
    ProducerClaim.objects.create(
        producer_id=profile.pk,
        code=code,
        user_id=actor.user_id,
        position=claimant.position,
        phone=claimant.phone,
        accepted_terms_at=now,
    )
    Membership.objects.get_or_create(user_id=actor.user_id, producer_id=profile.pk, role=Membership.Role.OWNER)
    record(
        actor=actor,
        action="producer.member_added",
        subject=subject_of(profile),
        now=now,
        new={"user": actor.user_id, "role": str(Membership.Role.OWNER)},
    )
    return profile


def _lock(code_hash: str, now: datetime) -> tuple[ClaimCode, ProducerProfile]:
    # Against whom: somebody else with the same letter, and the office that makes a new one or decides meanwhile.
    found = ClaimCode.objects.filter(code_hash=code_hash).first()
    if found is None:
        raise CodeRefused
    shut_producer(producer_id=found.producer_id)
    code = ClaimCode.objects.select_for_update().get(pk=found.pk)
    if not _is_open(code, now):
        raise CodeRefused
    profiles = ProducerProfile.objects.select_for_update(of=("self",)).select_related("producer")
    return code, profiles.get(pk=code.producer_id)


def _is_open(code: ClaimCode, now: datetime) -> bool:
    return code.used_at is None and code.voided_at is None and now < code.expires_at

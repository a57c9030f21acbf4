"""The office lets people into a producer's desk, or out; both hold from the next request on."""

from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor
from shop.domain.people.models import User

from .models import Membership, ProducerEvent, ProducerProfile
from .standing import IllegalMove, OwnProducer, ReasonMissing, lock_producer, move_producer, subject_of


class NoSuchAccount(Exception):
    """Nobody has an account with this e-mail or phone."""


@transaction.atomic
def add_member(*, producer_id: int, login: str, role: str, reason: str, actor: Actor, now: datetime) -> Membership:
    """Give the account with this e-mail or phone (E.164) a role at a producer; one that nobody had claimed waits then.

    Raises NoSuchAccount, ReasonMissing, OwnProducer, IllegalMove (a terminated producer) or UnknownProducer.
    """
    profile = _lock(producer_id, reason, actor)
    user = User.objects.filter(is_active=True, email__iexact=login).first() if "@" in login else None
    user = user or User.objects.filter(is_active=True, phone=login).first()
    if user is None:
        raise NoSuchAccount(login)
    if user.pk == actor.user_id:
        raise OwnProducer(producer_id)
    if profile.status == ProducerProfile.Status.TERMINATED:
        raise IllegalMove(profile.status, "member_added")
    membership, is_new = Membership.objects.get_or_create(user=user, producer_id=producer_id, role=role)
    if is_new:
        record(
            actor=actor,
            action="producer.member_added",
            subject=subject_of(profile),
            now=now,
            new=_shown(membership),
            reason=reason,
        )
    if profile.status == ProducerProfile.Status.UNCLAIMED and role == Membership.Role.OWNER:
        move_producer(profile=profile, action=ProducerEvent.Action.CLAIMED, reason=reason, actor=actor, now=now)
    return membership


@transaction.atomic
def remove_member(*, producer_id: int, membership_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Take a role away; doing it again does nothing. Raises ReasonMissing, OwnProducer or UnknownProducer."""
    profile = _lock(producer_id, reason, actor)
    membership = Membership.objects.filter(pk=membership_id, producer=producer_id).first()
    if membership is not None:
        record(
            actor=actor,
            action="producer.member_removed",
            subject=subject_of(profile),
            now=now,
            old=_shown(membership),
            reason=reason,
        )
        membership.delete()


def _lock(producer_id: int, reason: str, actor: Actor) -> ProducerProfile:
    profile = lock_producer(producer_id=producer_id, actor=actor)
    if not reason.strip():
        raise ReasonMissing
    if Membership.objects.filter(producer=producer_id, user=actor.user_id).exists():
        raise OwnProducer(producer_id)
    return profile


def _shown(membership: Membership) -> dict[str, object]:
    # The account's number, never its e-mail: what is written here stays for ever.
    return {"user": membership.user_id, "role": str(membership.role)}

"""What the office does to a producer: approve, refuse, suspend, reinstate, terminate.

Each act shuts the producer's gate and takes its row before it looks; placing an order passes the same gate. What happens
to parcels and listings that are there already is decided above, in `ordering.producer_stops`; acts are called from there.
"""

from datetime import datetime

from django.db import transaction

from shop.common.shown_versions import show_products_anew
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor
from shop.domain.people.reach import within_reach
from shop.domain.people.sessions import end_sessions

from .gate import shut_producer
from .letters import tell_people
from .models import Membership, ProducerClaim, ProducerEvent, ProducerProfile

S = ProducerProfile.Status
A = ProducerEvent.Action
# From where each act leads where; what is not here is illegal.
MOVES = {
    A.CLAIMED: ({S.UNCLAIMED}, S.PENDING),
    A.APPROVED: ({S.PENDING}, S.ACTIVE),
    A.REFUSED: ({S.PENDING}, S.UNCLAIMED),
    A.SUSPENDED: ({S.ACTIVE}, S.SUSPENDED),
    A.REINSTATED: ({S.SUSPENDED}, S.ACTIVE),
    A.TERMINATED: ({S.UNCLAIMED, S.PENDING, S.ACTIVE, S.SUSPENDED}, S.TERMINATED),
}


class UnknownProducer(Exception):
    """There is no such producer, or it lies outside the officer's reach: the answer is the same."""


class IllegalMove(Exception):
    """A producer where it stands does not take this act, for example reinstating one that was terminated."""

    def __init__(self, status: str, action: str) -> None:
        self.status = status
        self.action = action
        super().__init__(f"{status} → {action}")


class ReasonMissing(Exception):
    """Whoever changes a producer's standing says why."""


class OwnProducer(Exception):
    """Nobody decides for the office on a producer they work for."""


class NobodyWorksThere(Exception):
    """A producer without an owner is not let in: nobody could answer an order."""


@transaction.atomic
def approve_producer(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """Let a claimed producer sell; None when it does already."""
    profile = lock_producer(producer_id=producer_id, actor=actor)
    _forbid_own(producer_id, actor)
    if profile.status == S.ACTIVE:
        return None
    if not Membership.objects.filter(producer=producer_id, role=Membership.Role.OWNER).exists():
        raise NobodyWorksThere(producer_id)
    event = move_producer(profile=profile, action=A.APPROVED, reason=reason, actor=actor, now=now)
    _answer_claims(producer_id, ProducerClaim.State.APPROVED, actor, now)
    tell_people(event=event, now=now)
    return event


@transaction.atomic
def refuse_claim(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """Send away who claimed a producer; it is unclaimed again and its people lose the desk. None when nobody waits."""
    profile = lock_producer(producer_id=producer_id, actor=actor)
    _ask_why(reason)
    _forbid_own(producer_id, actor)
    if profile.status == S.UNCLAIMED:
        return None
    event = move_producer(profile=profile, action=A.REFUSED, reason=reason, actor=actor, now=now)
    _answer_claims(producer_id, ProducerClaim.State.REFUSED, actor, now)
    tell_people(event=event, now=now)
    Membership.objects.filter(producer=producer_id).delete()
    return event


@transaction.atomic
def suspend_producer(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """Stop a producer for a time and end its people's sessions; None when it is suspended already."""
    return _stop(producer_id, A.SUSPENDED, reason, actor, now)


@transaction.atomic
def terminate_producer(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """Stop a producer for good; its certificates stay in the registry. None when it is terminated already."""
    return _stop(producer_id, A.TERMINATED, reason, actor, now)


@transaction.atomic
def reinstate_producer(*, producer_id: int, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    """Let a suspended producer sell again; None when it does already."""
    profile = lock_producer(producer_id=producer_id, actor=actor)
    _ask_why(reason)
    _forbid_own(producer_id, actor)
    if profile.status == S.ACTIVE:
        return None
    event = move_producer(profile=profile, action=A.REINSTATED, reason=reason, actor=actor, now=now)
    tell_people(event=event, now=now)
    return event


def lock_producer(*, producer_id: int, actor: Actor) -> ProducerProfile:
    """Shut the gate and take the row, for somebody of the office; raises UnknownProducer outside their reach."""
    reach = within_reach(actor=actor)
    shut_producer(producer_id=producer_id)
    profiles = ProducerProfile.objects.select_for_update(of=("self",)).select_related("producer")
    profile = profiles.filter(reach, pk=producer_id).first()
    if profile is None:
        raise UnknownProducer(producer_id)
    return profile


def move_producer(*, profile: ProducerProfile, action: str, reason: str, actor: Actor, now: datetime) -> ProducerEvent:
    """Write the new status of a locked producer with its event and its row in the audit log; raises IllegalMove."""
    origins, target = MOVES[A(action)]
    came_from = profile.status
    if came_from not in origins:
        raise IllegalMove(came_from, action)
    profile.status = target
    profile.save(update_fields=["status"])
    show_products_anew(profile.producer.listings.values_list("product_id", flat=True))
    event = ProducerEvent.objects.create(
        producer_id=profile.pk, at=now, actor_id=actor.user_id, action=action, reason=reason.strip()
    )
    record(
        actor=actor,
        action=f"producer.{event.action}",
        subject=subject_of(profile),
        now=now,
        old={"status": str(came_from)},
        new={"status": str(target)},
        reason=reason,
    )
    return event


def subject_of(profile: ProducerProfile) -> Subject:
    """How the audit log names a producer."""
    return Subject(
        "producer",
        profile.pk,
        profile.producer.name,
        province_code=profile.province_id or "",
        commune_code=profile.commune_id or "",
        producer_id=profile.pk,
    )


def _stop(producer_id: int, action: str, reason: str, actor: Actor, now: datetime) -> ProducerEvent | None:
    profile = lock_producer(producer_id=producer_id, actor=actor)
    _ask_why(reason)
    _forbid_own(producer_id, actor)
    if profile.status == MOVES[A(action)][1]:
        return None
    event = move_producer(profile=profile, action=action, reason=reason, actor=actor, now=now)
    end_sessions(user_ids=Membership.objects.filter(producer=producer_id).values_list("user_id", flat=True))
    tell_people(event=event, now=now)
    return event


def _ask_why(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


def _forbid_own(producer_id: int, actor: Actor) -> None:
    # Asked of the database: the actor may have been hired since the request began.
    if Membership.objects.filter(producer=producer_id, user=actor.user_id).exists():
        raise OwnProducer(producer_id)


def _answer_claims(producer_id: int, state: str, actor: Actor, now: datetime) -> None:
    waiting = ProducerClaim.objects.filter(producer=producer_id, state=ProducerClaim.State.WAITING)
    waiting.update(state=state, decided_at=now, decided_by=actor.user_id)

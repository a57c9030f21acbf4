"""Acts that two officers sign: asked for by one, then approved or refused by another, or withdrawn by whoever asked.

A revocation is carried out with its approval, in one transaction. A bulk act is only approved here; what it does to
each certificate is done in `carry_out_item`, one short transaction after the other, called from above
(`ordering.certificate_stops`), because orders have to follow.
"""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor
from shop.domain.people.models import Officer

from . import acts
from .acts import (
    EffectiveInFuture,
    Ground,
    IllegalAct,
    NotALaterEnd,
    ReasonMissing,
    SecondOfficerMissing,
    UnknownCertificate,
)
from .models import ActRequestItem, Certificate, CertificateActRequest, CertificateEvent
from .scope import NotAnOfficer, officer_of, within_scope
from .state import valid_on

Action, Outcome = CertificateActRequest.Action, CertificateActRequest.Outcome
TO_BE_DONE = (Outcome.APPROVED, Outcome.ALONE)
# A bulk act over more than every twentieth valid certificate of the officer's area takes a second officer.
SMALLEST_SHARE_FOR_TWO = 20


class BulkAct(StrEnum):
    """What can be done to many certificates at once."""

    SUSPEND = "suspend"
    LIFT = "lift"
    REVOKE = "revoke"
    EXTEND = "extend"


class UnknownRequest(Exception):
    """There is no such request, or it is about a certificate outside the officer's scope: the answer is the same."""


class RequestClosed(Exception):
    """The request was decided otherwise before; `outcome` says how."""

    def __init__(self, outcome: str) -> None:
        self.outcome = outcome
        super().__init__(outcome)


class NotTheRequester(Exception):
    """Only whoever asked for an act takes the request back; a colleague refuses it."""


class EndMissing(Exception):
    """An extension says until when."""


def needs_second_officer(*, act: str, certificate_ids: Collection[int], officer: Officer, today: date) -> bool:
    """Say whether an act is asked for instead of done: every revocation, and bulk acts over 5 % of the valid ones.

    Of the valid certificates in the officer's own scope, so that a commune's officer cannot stop a commune alone.
    """
    if act == BulkAct.REVOKE:
        return True
    many = len(set(certificate_ids))
    if many <= 1:
        return False
    valid = Certificate.objects.filter(within_scope(officer=officer), valid_on(day=today)).count()
    return many * SMALLEST_SHARE_FOR_TWO > valid


@transaction.atomic
def request_act(
    *,
    act: str,
    certificate_ids: Collection[int],
    ground: Ground,
    actor: Actor,
    now: datetime,
    until: date | None = None,
) -> CertificateActRequest:
    """Ask a colleague for an act over one certificate (a revocation) or many; the same waiting request is returned again.

    Raises NotAnOfficer, UnknownCertificate (one of them is outside the scope), ReasonMissing, EffectiveInFuture,
    EndMissing, and IllegalAct when the one certificate is revoked already.
    """
    act, wanted = BulkAct(act), sorted(set(certificate_ids))
    if act == BulkAct.REVOKE and len(wanted) == 1:
        return request_revocation(certificate_id=wanted[0], ground=ground, actor=actor, now=now)
    _check_ground(ground, now)
    if act == BulkAct.EXTEND and until is None:
        raise EndMissing
    officer = officer_of(user_id=actor.user_id)
    # Against whom: the same officer pressing twice.
    Officer.objects.select_for_update().get(pk=officer.pk)
    found = Certificate.objects.filter(within_scope(officer=officer), pk__in=wanted)
    if not wanted or found.count() != len(wanted):
        raise UnknownCertificate
    payload = {"act": str(act), **({"until": until.isoformat()} if until and act == BulkAct.EXTEND else {})}
    return _waiting_bulk(payload, ground, wanted, actor) or _write_bulk(payload, ground, wanted, actor, now)


@transaction.atomic
def request_revocation(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateActRequest:
    """Ask for a revocation; another officer must approve it. Asking again returns the request that waits."""
    certificate = acts.lock_certificate(certificate_id, actor, ground, now)
    waiting = certificate.act_requests.filter(action=Action.REVOKE, outcome=Outcome.WAITING).first()
    if waiting is not None:
        return waiting
    if certificate.stored_state == Certificate.State.REVOKED:
        raise IllegalAct(certificate, acts.REVOKED)
    request = CertificateActRequest.objects.create(
        certificate=certificate, action=Action.REVOKE, **_written(ground), requested_by_id=actor.user_id, requested_at=now
    )
    _record(request, "certificate.act_requested", actor, now, reason=request.reason)
    return request


@transaction.atomic
def approve_revocation(*, request_id: int, actor: Actor, now: datetime) -> CertificateEvent | None:
    """Revoke for good, as the second officer; None when a colleague has approved it before.

    Raises SecondOfficerMissing for one's own request, RequestClosed when it was refused or withdrawn, and IllegalAct
    when the certificate was revoked meanwhile on another request.
    """
    request = _lock_to_approve(request_id, actor, action=Action.REVOKE)
    if request.outcome == Outcome.APPROVED:
        return None
    event = acts.revoke_certificate(certificate_id=request.certificate_id, ground=ground_of(request), actor=actor, now=now)
    if event is None:
        raise IllegalAct(Certificate.objects.get(pk=request.certificate_id), acts.REVOKED)
    _approve(request, actor, now, event)
    return event


@transaction.atomic
def approve_bulk_act(*, request_id: int, actor: Actor, now: datetime) -> bool:
    """Let a bulk act be carried out, as the second officer; false when a colleague has approved it before."""
    request = _lock_to_approve(request_id, actor, action=Action.BULK)
    if request.outcome == Outcome.APPROVED:
        return False
    _approve(request, actor, now, None)
    return True


@transaction.atomic
def carry_out_item(*, item_id: int, now: datetime) -> CertificateEvent | None:
    """Do an approved bulk act to one of its certificates; doing it again returns what was done. None: nothing to do."""
    # Against whom: a second worker on the same request.
    item = ActRequestItem.objects.select_for_update(of=("self",)).select_related("request", "event").get(pk=item_id)
    if item.request.outcome not in TO_BE_DONE:
        raise RequestClosed(item.request.outcome)
    if item.done_at is None:
        try:
            with transaction.atomic():
                item.event = _act_on(item.certificate_id, item.request, now)
        except (IllegalAct, NotALaterEnd, UnknownCertificate, NotAnOfficer, SecondOfficerMissing) as refusal:
            item.refusal = type(refusal).__name__
        item.done_at = now
        item.save(update_fields=["event", "refusal", "done_at"])
    return item.event


def unfinished_items(*, request_id: int | None = None) -> QuerySet[ActRequestItem]:
    """Return the certificates of bulk acts to be done (of one, or of all) on which nothing was done yet, oldest first."""
    waiting = ActRequestItem.objects.filter(request__outcome__in=TO_BE_DONE, done_at=None).order_by("pk")
    return waiting if request_id is None else waiting.filter(request=request_id)


@transaction.atomic
def refuse_act(*, request_id: int, reason: str, actor: Actor, now: datetime) -> CertificateActRequest:
    """Say no to a colleague's request, with the reason; refusing again changes nothing."""
    if not reason.strip():
        raise ReasonMissing
    request = _lock_request(request_id, actor)
    if request.requested_by_id == actor.user_id:
        raise SecondOfficerMissing(request_id)
    return _close(request, Outcome.REFUSED, reason, actor, now)


@transaction.atomic
def withdraw_act(*, request_id: int, reason: str = "", actor: Actor, now: datetime) -> CertificateActRequest:
    """Take back one's own request; doing it again changes nothing."""
    request = _lock_request(request_id, actor)
    if request.requested_by_id != actor.user_id:
        raise NotTheRequester(request_id)
    return _close(request, Outcome.WITHDRAWN, reason, actor, now)


def requests_within(*, officer: Officer) -> Q:
    """Return the SQL condition of the requests all of whose certificates this officer answers for."""
    if officer.scope == Officer.Scope.ALL:
        return Q()
    outside = ActRequestItem.objects.filter(request=OuterRef("pk")).exclude(within_scope(officer=officer, prefix="certificate__"))
    one = Q(action=Action.REVOKE) & within_scope(officer=officer, prefix="certificate__")
    return one | (Q(action=Action.BULK) & ~Exists(outside))


def ground_of(request: CertificateActRequest) -> Ground:
    """Return the ground of a request, signed by whoever asked."""
    return Ground(
        reason=request.reason,
        effective_on=request.effective_on,
        decision_number=request.decision_number,
        is_safety_matter=request.is_safety_matter,
        requested_by=None if request.outcome == Outcome.ALONE else request.requested_by_id,
    )


def _lock_request(request_id: int, actor: Actor) -> CertificateActRequest:
    # Against whom: a colleague who decides the same request, or its requester who takes it back.
    scope = requests_within(officer=officer_of(user_id=actor.user_id))
    request = CertificateActRequest.objects.select_for_update(of=("self",)).filter(scope, pk=request_id).first()
    if request is None:
        raise UnknownRequest(request_id)
    return request


def _lock_to_approve(request_id: int, actor: Actor, *, action: str) -> CertificateActRequest:
    request = _lock_request(request_id, actor)
    if request.action != action:
        raise UnknownRequest(request_id)
    if request.requested_by_id == actor.user_id:
        raise SecondOfficerMissing(request_id)
    if request.outcome in (Outcome.REFUSED, Outcome.WITHDRAWN):
        raise RequestClosed(request.outcome)
    return request


def _approve(request: CertificateActRequest, actor: Actor, now: datetime, event: CertificateEvent | None) -> None:
    request.outcome, request.event = Outcome.APPROVED, event
    request.approved_by_id, request.approved_at = actor.user_id, now
    request.save(update_fields=["outcome", "event", "approved_by", "approved_at"])
    _record(request, "certificate.act_approved", actor, now, reason=request.reason)


def _act_on(certificate_id: int, request: CertificateActRequest, now: datetime) -> CertificateEvent | None:
    signer = request.requested_by_id if request.outcome == Outcome.ALONE else request.approved_by_id
    actor, act = Actor(user_id=signer), BulkAct(request.payload["act"])
    words = {"certificate_id": certificate_id, "ground": ground_of(request), "actor": actor, "now": now}
    if act == BulkAct.SUSPEND:
        return acts.suspend_certificate(**words)
    if act == BulkAct.LIFT:
        return acts.lift_suspension(**words)
    if act == BulkAct.REVOKE:
        return acts.revoke_certificate(**words)
    return acts.extend_certificate(until=date.fromisoformat(request.payload["until"]), **words)


def _close(request: CertificateActRequest, outcome: str, reason: str, actor: Actor, now: datetime) -> CertificateActRequest:
    if request.outcome == outcome:
        return request
    if request.outcome != Outcome.WAITING:
        raise RequestClosed(request.outcome)
    request.outcome, request.closing_reason = outcome, reason.strip()
    request.closed_by_id, request.closed_at = actor.user_id, now
    request.save(update_fields=["outcome", "closing_reason", "closed_by", "closed_at"])
    _record(request, f"certificate.act_{outcome}", actor, now, reason=reason)
    return request


def _waiting_bulk(payload: dict[str, Any], ground: Ground, wanted: list[int], actor: Actor) -> CertificateActRequest | None:
    same = CertificateActRequest.objects.filter(
        action=Action.BULK, outcome=Outcome.WAITING, requested_by=actor.user_id, payload=payload, **_written(ground)
    )
    for request in same.prefetch_related("items"):
        if sorted(item.certificate_id for item in request.items.all()) == wanted:
            return request
    return None


def _write_bulk(payload: dict[str, Any], ground: Ground, wanted: list[int], actor: Actor, now: datetime) -> CertificateActRequest:
    request = CertificateActRequest.objects.create(
        action=Action.BULK, payload=payload, **_written(ground), requested_by_id=actor.user_id, requested_at=now
    )
    ActRequestItem.objects.bulk_create([ActRequestItem(request=request, certificate_id=pk) for pk in wanted], batch_size=1000)
    _record(request, "certificate.act_requested", actor, now, reason=request.reason)
    return request


def _check_ground(ground: Ground, now: datetime) -> None:
    if not ground.reason.strip():
        raise ReasonMissing
    if ground.effective_on > now.date():
        raise EffectiveInFuture(ground.effective_on)


def _written(ground: Ground) -> dict[str, Any]:
    return {
        "reason": ground.reason.strip(),
        "decision_number": ground.decision_number.strip(),
        "effective_on": ground.effective_on,
        "is_safety_matter": ground.is_safety_matter,
    }


def _record(request: CertificateActRequest, action: str, actor: Actor, now: datetime, *, reason: str) -> None:
    certificates = _certificates_of(request)
    provinces, communes = (set(column) for column in zip(*certificates.values_list("province_id", "commune_id"), strict=True))
    record(
        actor=actor,
        action=action,
        subject=Subject(
            object_type="act_request",
            object_id=request.pk,
            label=request.certificate.code if request.certificate else "",
            # An act over several places is for the whole country's eyes.
            province_code=(provinces.pop() or "") if len(provinces) == 1 else "",
            commune_code=(communes.pop() or "") if len(communes) == 1 else "",
        ),
        now=now,
        reason=reason,
        act=request.payload.get("act", BulkAct.REVOKE),
        certificates=certificates.count(),
        requested_by=request.requested_by_id,
    )


def _certificates_of(request: CertificateActRequest) -> QuerySet[Certificate]:
    if request.certificate_id is not None:
        return Certificate.objects.filter(pk=request.certificate_id)
    return Certificate.objects.filter(pk__in=request.items.values("certificate_id"))

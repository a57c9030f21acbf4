"""What the office does to a certificate: suspend, lift, revoke with a colleague, extend, downgrade.

Each act shuts the certificate's gate and takes its row before it looks (`FOR UPDATE`). Placing an order passes the same
gate and holds the row shared, so an order is either written before the act or sees what the act did. What happens to
orders that are there already is decided above, in `ordering.certificate_stops`; acts are called from there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from shop.common.gates import shut_gates
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Line

from . import notices
from .models import Certificate, CertificateActRequest, CertificateEvent
from .scope import officer_of, within_scope

State = Certificate.State
SUSPENDED, LIFTED, REVOKED, EXTENDED, DOWNGRADED = "suspended", "lifted", "revoked", "extended", "downgraded"
STOPS = (SUSPENDED, REVOKED)
NOTICE_OF = {SUSPENDED: notices.SUSPENDED, LIFTED: notices.LIFTED, REVOKED: notices.REVOKED}
FEWEST_STARS = 3
CERTIFICATE_GATE = "certificate"
NOT_STOPPED = {
    "stored_state": str(State.ACTIVE),
    "stopped_on": None,
    "stop_reason": "",
    "stop_decision": "",
    "is_safety_matter": False,
}


class UnknownCertificate(Exception):
    """There is no such certificate, or it lies outside the officer's scope: the answer is the same."""


class IllegalAct(Exception):
    """A certificate in its present state does not take this act, for example lifting a revocation."""

    def __init__(self, certificate: Certificate, action: str) -> None:
        self.certificate = certificate
        self.action = action
        super().__init__(f"{certificate.code}: {certificate.stored_state} → {action}")


class ReasonMissing(Exception):
    """Whoever changes a certificate says why."""


class EffectiveInFuture(Exception):
    """An act counts from today or from an earlier day; nobody stops a certificate in advance."""


class SecondOfficerMissing(Exception):
    """A revocation is signed by two different officers."""


class NotALaterEnd(Exception):
    """An extension ends after the present end; `ends_on` is the present one."""

    def __init__(self, ends_on: date) -> None:
        self.ends_on = ends_on
        super().__init__(ends_on)


class NotFewerStars(Exception):
    """A downgrade leaves at least three stars and fewer than there were; more stars come from a new decision."""


@dataclass(frozen=True)
class Ground:
    """Why an act is done: the reason people read, the decision's number if there is one, the day it counts from."""

    reason: str
    effective_on: date
    decision_number: str = ""
    is_safety_matter: bool = False


@transaction.atomic
def suspend_certificate(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent | None:
    """Stop a certificate for a time; None when it is suspended already."""
    certificate = _lock(certificate_id, actor, ground, now)
    if certificate.stored_state == State.SUSPENDED:
        return None
    if certificate.stored_state == State.REVOKED:
        raise IllegalAct(certificate, SUSPENDED)
    return _change(certificate, SUSPENDED, ground=ground, actor=actor, now=now, values=_stop_values(State.SUSPENDED, ground))


@transaction.atomic
def lift_suspension(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent | None:
    """End a suspension; None when there is none. A revocation is final and cannot be lifted."""
    certificate = _lock(certificate_id, actor, ground, now)
    if certificate.stored_state == State.ACTIVE:
        return None
    if certificate.stored_state == State.REVOKED:
        raise IllegalAct(certificate, LIFTED)
    return _change(certificate, LIFTED, ground=ground, actor=actor, now=now, values=dict(NOT_STOPPED))


@transaction.atomic
def request_revocation(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateActRequest:
    """Ask for a revocation; another officer must approve it. Asking again returns the request that waits."""
    certificate = _lock(certificate_id, actor, ground, now)
    waiting = certificate.act_requests.filter(action=CertificateActRequest.Action.REVOKE, approved_by=None).first()
    if waiting is not None:
        return waiting
    if certificate.stored_state == State.REVOKED:
        raise IllegalAct(certificate, REVOKED)
    return CertificateActRequest.objects.create(
        certificate=certificate,
        action=CertificateActRequest.Action.REVOKE,
        reason=ground.reason,
        decision_number=ground.decision_number,
        effective_on=ground.effective_on,
        is_safety_matter=ground.is_safety_matter,
        requested_by_id=actor.user_id,
        requested_at=now,
    )


@transaction.atomic
def approve_revocation(*, request_id: int, actor: Actor, now: datetime) -> CertificateEvent | None:
    """Revoke for good, as the second officer; None when a colleague has approved it before."""
    certificate_id = CertificateActRequest.objects.values_list("certificate_id", flat=True).get(pk=request_id)
    request = CertificateActRequest.objects.get(pk=request_id)
    ground = Ground(request.reason, request.effective_on, request.decision_number, request.is_safety_matter)
    certificate = _lock(certificate_id, actor, ground, now)
    request.refresh_from_db()
    if request.requested_by_id == actor.user_id:
        raise SecondOfficerMissing(certificate.code)
    if request.approved_by_id is not None or certificate.stored_state == State.REVOKED:
        return None
    event = _change(
        certificate,
        REVOKED,
        ground=ground,
        actor=actor,
        now=now,
        values=_stop_values(State.REVOKED, ground),
        details={"requested_by": request.requested_by_id},
    )
    request.approved_by_id, request.approved_at, request.event = actor.user_id, now, event
    request.save(update_fields=["approved_by", "approved_at", "event"])
    return event


@transaction.atomic
def extend_certificate(
    *, certificate_id: int, until: date, ground: Ground, actor: Actor, now: datetime
) -> CertificateEvent | None:
    """Let a certificate be valid longer while its next evaluation is decided; None when it is already so."""
    certificate = _lock(certificate_id, actor, ground, now)
    if certificate.stored_state == State.REVOKED:
        raise IllegalAct(certificate, EXTENDED)
    ends_on = certificate.extended_until or certificate.valid_until
    if certificate.extended_until == until:
        return None
    if until <= ends_on:
        raise NotALaterEnd(ends_on)
    values = {"extended_until": until, "extension_reason": ground.reason.strip()}
    return _change(certificate, EXTENDED, ground=ground, actor=actor, now=now, values=values)


@transaction.atomic
def downgrade_certificate(
    *, certificate_id: int, stars: int, ground: Ground, actor: Actor, now: datetime
) -> CertificateEvent | None:
    """Take stars away and leave at least three; lines sold before keep theirs. None when it is already so."""
    certificate = _lock(certificate_id, actor, ground, now)
    if certificate.stored_state == State.REVOKED:
        raise IllegalAct(certificate, DOWNGRADED)
    if certificate.stars == stars:
        return None
    if not FEWEST_STARS <= stars < certificate.stars:
        raise NotFewerStars(stars)
    return _change(certificate, DOWNGRADED, ground=ground, actor=actor, now=now, values={"stars": stars})


def _lock(certificate_id: int, actor: Actor, ground: Ground, now: datetime) -> Certificate:
    # Against whom: checkouts that hold the row shared, and a colleague who acts on it at the same time.
    if not ground.reason.strip():
        raise ReasonMissing
    if ground.effective_on > now.date():
        raise EffectiveInFuture(ground.effective_on)
    scope = within_scope(officer=officer_of(user_id=actor.user_id))
    shut_gates(kind=CERTIFICATE_GATE, ids=[certificate_id])
    certificate = Certificate.objects.select_for_update(of=("self",), no_key=False).filter(scope, pk=certificate_id).first()
    if certificate is None:
        raise UnknownCertificate(certificate_id)
    return certificate


def _stop_values(state: str, ground: Ground) -> dict[str, Any]:
    return {
        "stored_state": state,
        "stopped_on": ground.effective_on,
        "stop_reason": ground.reason.strip(),
        "stop_decision": ground.decision_number.strip(),
        "is_safety_matter": ground.is_safety_matter,
    }


def _change(
    certificate: Certificate,
    action: str,
    *,
    ground: Ground,
    actor: Actor,
    now: datetime,
    values: dict[str, Any],
    details: dict[str, Any] | None = None,
) -> CertificateEvent:
    old = {name: _plain(getattr(certificate, name)) for name in values}
    for name, value in values.items():
        setattr(certificate, name, value)
    certificate.save(update_fields=list(values))
    event = CertificateEvent.objects.create(
        certificate=certificate,
        at=now,
        actor_id=actor.user_id,
        action=action,
        detail={
            "reason": ground.reason.strip(),
            "decision_number": ground.decision_number.strip(),
            "effective_on": ground.effective_on.isoformat(),
            "is_safety_matter": ground.is_safety_matter,
            "old": old,
            "new": {name: _plain(value) for name, value in values.items()},
            # Lines up to this one were sold before the act, later ones after it: exact, where clocks are not.
            "last_line_sold": _last_line_sold(certificate),
            **(details or {}),
        },
    )
    if action in NOTICE_OF:
        notices.tell_certificate_changed(certificate=certificate, event=event, kind=NOTICE_OF[action], now=now)
    return event


def _last_line_sold(certificate: Certificate) -> int:
    return Line.objects.filter(certificate=certificate).aggregate(last=Max("pk"))["last"] or 0


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

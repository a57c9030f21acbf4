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
from shop.common.shown_versions import show_products_anew
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor
from shop.oscar_forks.order.models import Line

from . import notices
from .models import Certificate, CertificateEvent
from .scope import officer_of, within_scope

State = Certificate.State
SUSPENDED, LIFTED, REVOKED, EXTENDED, DOWNGRADED = "suspended", "lifted", "revoked", "extended", "downgraded"
SUPERSEDED = "superseded"
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
    # The officer who asked for it, where another one signs as the second.
    requested_by: int | None = None


@transaction.atomic
def suspend_certificate(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent | None:
    """Stop a certificate for a time; None when it is suspended already."""
    certificate = lock_certificate(certificate_id, actor, ground, now)
    if certificate.stored_state == State.SUSPENDED:
        return None
    if certificate.stored_state == State.REVOKED:
        raise IllegalAct(certificate, SUSPENDED)
    return change_certificate(
        certificate, SUSPENDED, ground=ground, actor=actor, now=now, values=_stop_values(State.SUSPENDED, ground)
    )


@transaction.atomic
def lift_suspension(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent | None:
    """End a suspension; None when there is none. A revocation is final and cannot be lifted."""
    certificate = lock_certificate(certificate_id, actor, ground, now)
    if certificate.stored_state == State.ACTIVE:
        return None
    if certificate.stored_state == State.REVOKED:
        raise IllegalAct(certificate, LIFTED)
    return change_certificate(certificate, LIFTED, ground=ground, actor=actor, now=now, values=dict(NOT_STOPPED))


@transaction.atomic
def revoke_certificate(*, certificate_id: int, ground: Ground, actor: Actor, now: datetime) -> CertificateEvent | None:
    """End a certificate for good, as the second of two officers (see `act_requests`); None when it is over already."""
    if ground.requested_by is None or ground.requested_by == actor.user_id:
        raise SecondOfficerMissing(certificate_id)
    certificate = lock_certificate(certificate_id, actor, ground, now)
    if certificate.stored_state == State.REVOKED:
        return None
    return change_certificate(
        certificate, REVOKED, ground=ground, actor=actor, now=now, values=_stop_values(State.REVOKED, ground)
    )


@transaction.atomic
def extend_certificate(
    *, certificate_id: int, until: date, ground: Ground, actor: Actor, now: datetime
) -> CertificateEvent | None:
    """Let a certificate be valid longer while its next evaluation is decided; None when it is already so."""
    certificate = lock_certificate(certificate_id, actor, ground, now)
    if certificate.stored_state == State.REVOKED or certificate.superseded_by_id is not None:
        raise IllegalAct(certificate, EXTENDED)
    ends_on = certificate.extended_until or certificate.valid_until
    if certificate.extended_until == until:
        return None
    if until <= ends_on:
        raise NotALaterEnd(ends_on)
    values = {"extended_until": until, "extension_reason": ground.reason.strip()}
    return change_certificate(certificate, EXTENDED, ground=ground, actor=actor, now=now, values=values)


@transaction.atomic
def downgrade_certificate(
    *, certificate_id: int, stars: int, ground: Ground, actor: Actor, now: datetime
) -> CertificateEvent | None:
    """Take stars away and leave at least three; lines sold before keep theirs. None when it is already so."""
    certificate = lock_certificate(certificate_id, actor, ground, now)
    if certificate.stored_state == State.REVOKED or certificate.superseded_by_id is not None:
        raise IllegalAct(certificate, DOWNGRADED)
    if certificate.stars == stars:
        return None
    if not FEWEST_STARS <= stars < certificate.stars:
        raise NotFewerStars(stars)
    return change_certificate(certificate, DOWNGRADED, ground=ground, actor=actor, now=now, values={"stars": stars})


def lock_certificate(certificate_id: int, actor: Actor, ground: Ground, now: datetime) -> Certificate:
    """Shut the gate of a certificate the officer answers for and take its row alone; every act begins with it."""
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


def change_certificate(
    certificate: Certificate,
    action: str,
    *,
    ground: Ground,
    actor: Actor,
    now: datetime,
    values: dict[str, Any],
) -> CertificateEvent:
    """Write new values of a locked certificate, with its event, its line in the audit log and the producer's notice."""
    old = {name: _plain(getattr(certificate, name)) for name in values}
    for name, value in values.items():
        setattr(certificate, name, value)
    certificate.save(update_fields=list(values))
    show_products_anew([certificate.product_id, *certificate.listings.values_list("product_id", flat=True)])
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
            **({} if ground.requested_by is None else {"requested_by": ground.requested_by}),
        },
    )
    _record(event, certificate, actor=actor, now=now)
    if action in NOTICE_OF:
        notices.tell_certificate_changed(certificate=certificate, event=event, kind=NOTICE_OF[action], now=now)
    return event


def _record(event: CertificateEvent, certificate: Certificate, *, actor: Actor, now: datetime) -> None:
    told = dict(event.detail)
    record(
        actor=actor,
        action=f"certificate.{event.action}",
        subject=subject_of(certificate),
        now=now,
        old=told.pop("old"),
        new=told.pop("new"),
        reason=told.pop("reason"),
        **told,
    )


def subject_of(certificate: Certificate) -> Subject:
    """Return how the audit log names a certificate, and where it belongs."""
    return Subject(
        object_type="certificate",
        object_id=certificate.pk,
        label=certificate.code,
        province_code=certificate.province_id or "",
        commune_code=certificate.commune_id or "",
        producer_id=certificate.producer_id,
    )


def _last_line_sold(certificate: Certificate) -> int:
    return Line.objects.filter(certificate=certificate).aggregate(last=Max("pk"))["last"] or 0


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

"""A bulk act of an officer that is small enough to need no colleague: written down like one, then carried out."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shop.domain.people.actor import Actor
from shop.domain.people.models import Officer

from .act_requests import BulkAct, EndMissing, needs_second_officer
from .acts import EffectiveInFuture, Ground, ReasonMissing, SecondOfficerMissing, UnknownCertificate
from .models import ActRequestItem, Certificate, CertificateActRequest
from .scope import officer_of, within_scope


@transaction.atomic
def begin_alone(
    *,
    act: str,
    certificate_ids: Collection[int],
    ground: Ground,
    actor: Actor,
    now: datetime,
    until: date | None = None,
    key: str = "",
) -> CertificateActRequest:
    """Write down a bulk act for carrying out; with the same `key` (of one form) the same act is returned again.

    Raises SecondOfficerMissing when it is too large for one officer, UnknownCertificate outside the scope, ReasonMissing,
    EffectiveInFuture and EndMissing.
    """
    officer, wanted = officer_of(user_id=actor.user_id), sorted(set(certificate_ids))
    # Against whom: the same officer pressing twice.
    Officer.objects.select_for_update().get(pk=officer.pk)
    known = CertificateActRequest.objects.filter(requested_by=actor.user_id, payload__key=key).first() if key else None
    if known is not None:
        return known
    _check(act, wanted, ground, until, now)
    if Certificate.objects.filter(within_scope(officer=officer), pk__in=wanted).count() != len(wanted):
        raise UnknownCertificate
    if needs_second_officer(act=act, certificate_ids=wanted, officer=officer, today=now.date()):
        raise SecondOfficerMissing(len(wanted))
    begun = CertificateActRequest.objects.create(
        action=CertificateActRequest.Action.BULK,
        outcome=CertificateActRequest.Outcome.ALONE,
        payload=_payload(act, until, key),
        reason=ground.reason.strip(),
        decision_number=ground.decision_number.strip(),
        effective_on=ground.effective_on,
        is_safety_matter=ground.is_safety_matter,
        requested_by_id=actor.user_id,
        requested_at=now,
    )
    ActRequestItem.objects.bulk_create([ActRequestItem(request=begun, certificate_id=pk) for pk in wanted], batch_size=1000)
    return begun


def _check(act: str, wanted: list[int], ground: Ground, until: date | None, now: datetime) -> None:
    if not wanted:
        raise UnknownCertificate
    if not ground.reason.strip():
        raise ReasonMissing
    if ground.effective_on > now.date():
        raise EffectiveInFuture(ground.effective_on)
    if act == BulkAct.EXTEND and until is None:
        raise EndMissing


def _payload(act: str, until: date | None, key: str) -> dict[str, Any]:
    return {"act": str(act), **({"until": until.isoformat()} if until else {}), **({"key": key} if key else {})}

"""Everything that was ever done to one certificate, for the office: who, when, what, old and new, on which ground."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from shop.domain.people.models import User

from .models import Certificate, CertificateActRequest, CertificateEvent

# What a list of changes does not repeat: it stands in a line of its own.
SHOWN_APART = frozenset({"stop_reason", "stop_decision", "extension_reason"})


@dataclass(frozen=True)
class Deed:
    """One event: `changes` are (field, old, new); names of people, or nothing for the shop itself."""

    action: str
    at: datetime
    by: str
    second: str
    reason: str
    decision_number: str
    effective_on: date | None
    is_safety_matter: bool
    changes: tuple[tuple[str, Any, Any], ...]
    file: str


def deeds_of(certificate: Certificate) -> list[Deed]:
    """Return what was done to a certificate, newest first."""
    events = list(certificate.events.select_related("actor").order_by("-at", "-pk"))
    names = _names([event.detail.get("requested_by") for event in events])
    return [_deed(event, names) for event in events]


def waiting_requests(certificate: Certificate) -> QuerySet[CertificateActRequest]:
    """Return the acts on this certificate that a second officer is asked for."""
    concerns = Q(certificate=certificate) | Q(items__certificate=certificate)
    waiting = CertificateActRequest.objects.filter(concerns, outcome=CertificateActRequest.Outcome.WAITING)
    return waiting.select_related("requested_by").order_by("requested_at").distinct()


def relatives_of(certificate: Certificate) -> list[Certificate]:
    """Return the other recognitions of the same product of the same producer, newest first."""
    same = Q(producer=certificate.producer_id, folded_name=certificate.folded_name)
    if certificate.producer_id is None:
        same = Q(folded_producer_name=certificate.folded_producer_name, folded_name=certificate.folded_name)
    if certificate.product_id:
        same |= Q(product=certificate.product_id)
    line = Certificate.objects.filter(same | Q(superseded_by=certificate.pk) | Q(pk=certificate.superseded_by_id))
    return list(line.exclude(pk=certificate.pk).select_related("decision", "province").order_by("-issued_on", "-pk"))


def _deed(event: CertificateEvent, names: dict[int, str]) -> Deed:
    detail = event.detail
    old, new = detail.get("old", {}), detail.get("new", {})
    actor, asked = _name(event.actor), names.get(detail.get("requested_by"), "")
    return Deed(
        action=event.action,
        at=event.at,
        # Of two officers the one who asked comes first.
        by=asked or actor,
        second=actor if asked else "",
        reason=detail.get("reason", ""),
        decision_number=detail.get("decision_number", ""),
        effective_on=date.fromisoformat(detail["effective_on"]) if detail.get("effective_on") else None,
        is_safety_matter=bool(detail.get("is_safety_matter")),
        changes=tuple((name, old.get(name), value) for name, value in new.items() if name not in SHOWN_APART),
        file=detail.get("file", ""),
    )


def _names(ids: list[int | None]) -> dict[int, str]:
    return {user.pk: _name(user) for user in User.objects.filter(pk__in=[pk for pk in ids if pk])}


def _name(user: Any) -> str:
    return str(user) if user else ""

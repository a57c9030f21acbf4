"""What the registry says under its signature: one certificate as it stands on a day, and all that were stopped."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from ..models import Certificate
from ..state import view_of
from .signing import SignedDocument, sign

CERTIFICATE_SCHEMA = "ocop-certificate/1"
STOPS_SCHEMA = "ocop-revocations/1"
# Whoever checks offline must fetch the list again after this long.
LIST_IS_FRESH_FOR = timedelta(days=7)
SAMPLE_NOTE = "MẪU – dữ liệu trình diễn, không phải giấy chứng nhận thật"
REPLACED = "superseded"


def signed_certificate(certificate: Certificate, *, today: date) -> SignedDocument:
    """Return the certificate as signed JSON; loaded with decision, province and successor. Nothing private is in it."""
    view = view_of(certificate, today=today)
    payload = {
        "schema": CERTIFICATE_SCHEMA,
        "issuer": settings.BASE_URL,
        "code": view.code,
        "product": view.product_name,
        "producer": view.producer_name,
        "province": view.place,
        "stars": view.stars,
        "decision": {
            "number": view.decision_number,
            "authority": view.authority,
            "signed_on": view.decision_signed_on.isoformat(),
        },
        "issued_on": view.issued_on.isoformat(),
        "valid_until": view.valid_until.isoformat(),
        "extended_until": _day(view.extended_until),
        # The last day on which the star may be shown, as far as is known on the day of the check.
        "ends_on": view.ends_on.isoformat(),
        "superseded_by": certificate.superseded_by.code if certificate.superseded_by else None,
        "state": view.state.value,
        "is_valid": view.is_valid,
        "checked_on": today.isoformat(),
        "is_sample": view.is_sample,
        "note": SAMPLE_NOTE if view.is_sample else "",
    }
    return sign(payload, today=today)


def signed_stops(*, today: date) -> SignedDocument:
    """Return the signed list of certificates that are suspended, revoked or replaced before their time."""
    replaced = Q(superseded_on__lte=today)
    stopped = Certificate.objects.filter(~Q(stored_state=Certificate.State.ACTIVE) | replaced)
    rows = stopped.order_by("code").values_list("code", "stored_state", "stopped_on", "stop_decision", "superseded_on")
    payload = {
        "schema": STOPS_SCHEMA,
        "issuer": settings.BASE_URL,
        "as_of": today.isoformat(),
        "fresh_until": (today + LIST_IS_FRESH_FOR).isoformat(),
        "certificates": [_stop(*row) for row in rows],
    }
    return sign(payload, today=today)


def _stop(code: str, stored: str, stopped_on: date | None, decision: str, superseded_on: date | None) -> dict[str, Any]:
    is_stopped = stored != Certificate.State.ACTIVE
    return {
        "code": code,
        "state": stored if is_stopped else REPLACED,
        "since": _day(stopped_on if is_stopped else superseded_on),
        "decision": decision,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

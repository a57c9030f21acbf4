"""Is this star true today? The one place that answers, from dates and the stored state."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q

from .models import Certificate

EXPIRING_WITHIN = timedelta(days=90)
ONE_DAY = timedelta(days=1)


class LiveState(StrEnum):
    """What a certificate is on a given day (Decision 26/2026, art. 4.3, 8 and 12.3)."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXTENDED = "extended"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


_STOPPED = {
    str(Certificate.State.REVOKED): LiveState.REVOKED,
    str(Certificate.State.SUSPENDED): LiveState.SUSPENDED,
}
VALID_STATES = frozenset({LiveState.VALID, LiveState.EXPIRING, LiveState.EXTENDED})


@dataclass(frozen=True)
class CertificateView:
    """What badge, panel, label, check page, feeds and JSON show of a certificate."""

    code: str
    stars: int
    year: int
    state: LiveState
    issued_on: date
    valid_until: date
    extended_until: date | None
    extension_reason: str
    stopped_on: date | None
    decision_number: str
    decision_signed_on: date
    authority: str
    is_sample: bool
    product_name: str
    producer_name: str
    place: str
    days_left: int
    used_share: int
    superseded_on: date | None = None

    @property
    def is_valid(self) -> bool:
        return self.state in VALID_STATES

    @property
    def ends_on(self) -> date:
        """The last day on which the star may be shown."""
        last = self.extended_until or self.valid_until
        return min(last, self.superseded_on - ONE_DAY) if self.superseded_on else last


def live_state(certificate: Certificate, *, today: date) -> LiveState:
    """Return what `certificate` is on `today` (local date; the last valid day is included).

    One that a newer certificate of its product replaced is over from that day on: a product has one star.
    """
    if certificate.stored_state in _STOPPED:
        return _STOPPED[certificate.stored_state]
    is_replaced = certificate.superseded_on is not None and today >= certificate.superseded_on
    if is_replaced or today < certificate.issued_on or today > (certificate.extended_until or certificate.valid_until):
        return LiveState.EXPIRED
    if today > certificate.valid_until:
        return LiveState.EXTENDED
    if certificate.valid_until - today <= EXPIRING_WITHIN:
        return LiveState.EXPIRING
    return LiveState.VALID


class Standing(StrEnum):
    """What a certificate was on a given day, past or future, as far as the registry knows today."""

    NOT_YET = "not_yet"
    VALID = "valid"
    EXTENDED = "extended"
    STOPPED = "stopped"
    REPLACED = "replaced"
    OVER = "over"


def standing_on(certificate: Certificate, *, day: date) -> Standing:
    """Return what `certificate` was on `day`; a suspension or revocation counts from the day it began."""
    if day < certificate.issued_on:
        return Standing.NOT_YET
    is_stopped = certificate.stored_state != Certificate.State.ACTIVE and certificate.stopped_on is not None
    if is_stopped and day >= certificate.stopped_on:
        return Standing.STOPPED
    ends_on = certificate.extended_until or certificate.valid_until
    if certificate.superseded_on is not None and certificate.superseded_on <= day <= ends_on:
        return Standing.REPLACED
    if day <= certificate.valid_until:
        return Standing.VALID
    if certificate.extended_until and day <= certificate.extended_until:
        return Standing.EXTENDED
    return Standing.OVER


def was_valid_on(certificate: Certificate, *, day: date) -> bool:
    """Say whether the star was true on `day`."""
    return standing_on(certificate, day=day) in (Standing.VALID, Standing.EXTENDED)


def valid_on(*, day: date, prefix: str = "") -> Q:
    """Return the SQL condition of `live_state(...) in VALID_STATES`, for certificates behind `prefix`."""
    return (
        Q(**{f"{prefix}stored_state": Certificate.State.ACTIVE, f"{prefix}issued_on__lte": day})
        & (Q(**{f"{prefix}valid_until__gte": day}) | Q(**{f"{prefix}extended_until__gte": day}))
        & not_superseded_on(day=day, prefix=prefix)
    )


def not_superseded_on(*, day: date, prefix: str = "") -> Q:
    """Return the SQL condition that no newer certificate had replaced this one by `day`."""
    return Q(**{f"{prefix}superseded_on__isnull": True}) | Q(**{f"{prefix}superseded_on__gt": day})


def view_of(certificate: Certificate, *, today: date) -> CertificateView:
    """Return what the public may see of `certificate` today; its decision must be loaded."""
    ends_on = certificate.extended_until or certificate.valid_until
    whole = max((ends_on - certificate.issued_on).days, 1)
    used = min(max((today - certificate.issued_on).days, 0), whole)
    return CertificateView(
        code=certificate.code,
        stars=certificate.stars,
        year=certificate.issued_on.year,
        state=live_state(certificate, today=today),
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        extended_until=certificate.extended_until,
        extension_reason=certificate.extension_reason,
        stopped_on=certificate.stopped_on,
        decision_number=certificate.decision.number,
        decision_signed_on=certificate.decision.signed_on,
        authority=certificate.decision.authority,
        is_sample=certificate.decision.is_sample,
        product_name=certificate.product_name,
        producer_name=certificate.producer_name,
        place=certificate.province.name if certificate.province else certificate.legacy_province,
        days_left=max((ends_on - today).days, 0),
        used_share=round(100 * used / whole),
        superseded_on=certificate.superseded_on,
    )

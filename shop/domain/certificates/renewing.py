"""When a producer has to ask for the next evaluation, so that the star does not lapse."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .models import Certificate

# A dossier is taken from 180 days before the end, and in time until 120 days before it (Decision 26/2026/QĐ-TTg).
OPENS_BEFORE = timedelta(days=180)
CLOSES_BEFORE = timedelta(days=120)


class RenewalState(StrEnum):
    NOT_YET = "not_yet"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


@dataclass(frozen=True)
class RenewalWindow:
    """The days on which a dossier for re-evaluation is in time."""

    opens_on: date
    closes_on: date
    state: RenewalState


def renewal_window_of(certificate: Certificate, *, today: date) -> RenewalWindow:
    """Return the renewal window of a certificate and where today lies in it."""
    opens_on, closes_on = certificate.valid_until - OPENS_BEFORE, certificate.valid_until - CLOSES_BEFORE
    if today < opens_on:
        state = RenewalState.NOT_YET
    elif today <= closes_on:
        state = RenewalState.OPEN
    elif today <= certificate.valid_until:
        state = RenewalState.LATE
    else:
        state = RenewalState.OVER
    return RenewalWindow(opens_on=opens_on, closes_on=closes_on, state=state)

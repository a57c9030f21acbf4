"""Consents as their owner reads them."""

from dataclasses import dataclass
from datetime import datetime

from .models import ConsentRecord, Purpose
from .recording import ConsentSubject


@dataclass(frozen=True)
class ConsentStanding:
    """What holds for one purpose: when it was given, when it was taken back; both empty while nobody asked."""

    purpose: str
    is_given: bool = False
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None


def standing_consents(*, subject: ConsentSubject) -> list[ConsentStanding]:
    """Return one standing per purpose, in one query."""
    standing = {purpose: ConsentStanding(purpose) for purpose in map(Purpose, Purpose.values)}
    for row in consent_history(subject=subject):
        purpose = Purpose(row.purpose)
        given_at = row.at if row.is_given else standing[purpose].given_at
        standing[purpose] = ConsentStanding(purpose, row.is_given, given_at, None if row.is_given else row.at)
    return list(standing.values())


def consent_history(*, subject: ConsentSubject) -> list[ConsentRecord]:
    """Return every answer, oldest first."""
    return list(ConsentRecord.objects.filter(subject_type=subject.type, subject_id=subject.id).order_by("pk"))

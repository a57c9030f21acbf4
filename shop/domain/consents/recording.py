"""Writing down a yes or a no; the same answer again writes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shop.common.gates import shut_gates

from .models import ConsentRecord, Purpose
from .wording import wording_of

LONGEST_SOURCE = 255


@dataclass(frozen=True)
class ConsentSubject:
    """Whose consent it is: an account, or a guest's request for one product."""

    type: str
    id: int


@dataclass(frozen=True)
class Circumstances:
    """When, how and on which page somebody answered, and in which language they read the question."""

    now: datetime
    channel: str = ConsentRecord.Channel.WEB
    source: str = ""
    language: str = "vi"


def person(user_id: int) -> ConsentSubject:
    """Return the subject of an account."""
    return ConsentSubject(ConsentRecord.Subject.PERSON, user_id)


def stock_notice(notice_id: int) -> ConsentSubject:
    """Return the subject of one request of a guest."""
    return ConsentSubject(ConsentRecord.Subject.STOCK_NOTICE, notice_id)


@transaction.atomic
def answer_consent(*, subject: ConsentSubject, purpose: str, is_given: bool, how: Circumstances) -> bool:
    """Record an answer if it differs from the one that holds; returns whether it did. Nobody said yes until they do."""
    # Rows that are only added cannot be locked: whoever answers for the same subject at the same time waits here.
    shut_gates(kind=f"consent:{subject.type}", ids=[subject.id])
    if is_allowed(subject=subject, purpose=purpose) == is_given:
        return False
    ConsentRecord.objects.create(
        subject_type=subject.type,
        subject_id=subject.id,
        purpose=purpose,
        is_given=is_given,
        at=how.now,
        text_version=wording_of(purpose).version,
        language=how.language,
        channel=how.channel,
        source=how.source[:LONGEST_SOURCE],
    )
    return True


def withdraw_all(*, subject: ConsentSubject, how: Circumstances) -> None:
    """Take back whatever still holds, as when an account is erased."""
    for purpose in Purpose.values:
        answer_consent(subject=subject, purpose=purpose, is_given=False, how=how)


def is_allowed(*, subject: ConsentSubject, purpose: str) -> bool:
    """Say whether the latest answer is a yes."""
    rows = ConsentRecord.objects.filter(subject_type=subject.type, subject_id=subject.id, purpose=purpose)
    return bool(rows.order_by("-pk").values_list("is_given", flat=True).first())

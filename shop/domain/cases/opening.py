"""Opening a case: what somebody wrote, where it belongs, and until when the office answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from shop.domain.certificates.code_reading import read_typed_code
from shop.domain.certificates.models import Certificate
from shop.domain.notifications.outbox import tell

from .letters import RECEIVED
from .links import make_link_seed, make_number
from .models import Case, CaseEvent

MOST_NUMBERS_TRIED = 5


@dataclass(frozen=True)
class Reporter:
    """Who wrote, and whether they want to hear from the office; all of it may be empty."""

    name: str = ""
    email: str = ""
    # E.164.
    phone: str = ""
    language: str = "vi"
    has_consented: bool = False


@dataclass(frozen=True)
class Report:
    """What the form said; texts are plain and never rendered as anything else."""

    kind: str
    body: str
    seen_at: str = ""
    link: str = ""
    product_name: str = ""
    code: str = ""
    order_number: str = ""
    province_code: str = ""


class ConsentMissing(Exception):
    """A contact is kept only when its owner said yes to being contacted."""


class NoFreeNumber(Exception):
    """Chance gave numbers that are all taken, which does not happen."""


def open_case(*, form_key: UUID, report: Report, reporter: Reporter, now: datetime) -> Case:
    """Write the case down and confirm its receipt; the same form sent again returns the case it opened.

    Raises ConsentMissing for a contact without consent.
    """
    if (reporter.email or reporter.phone) and not reporter.has_consented:
        raise ConsentMissing
    for _ in range(MOST_NUMBERS_TRIED):
        known = Case.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        try:
            return _write(form_key, report, reporter, now=now)
        except IntegrityError:
            continue  # the same form came a moment earlier, or the number is taken
    raise NoFreeNumber


@transaction.atomic
def _write(form_key: UUID, report: Report, reporter: Reporter, *, now: datetime) -> Case:
    certificate = _certificate_meant(report.code)
    is_contactable = bool(reporter.email or reporter.phone)
    case = Case.objects.create(
        number=make_number(),
        form_key=form_key,
        kind=report.kind,
        body=report.body,
        seen_at=report.seen_at,
        link=report.link,
        product_name=report.product_name,
        code_as_typed=report.code,
        order_number=report.order_number,
        certificate=certificate,
        producer_id=certificate.producer_id if certificate else None,
        # The place of the certificate decides who answers for it; else where the star was seen.
        province_id=(certificate.province_id if certificate else None) or report.province_code or None,
        commune_id=certificate.commune_id if certificate else None,
        reporter_name=reporter.name if is_contactable else "",
        reporter_email=reporter.email,
        reporter_phone=reporter.phone,
        consented_at=now if is_contactable else None,
        language=reporter.language,
        link_seed=make_link_seed(),
        opened_at=now,
        receipt_due_at=now + timedelta(hours=settings.CASE_RECEIPT_HOURS),
        due_at=now + timedelta(days=settings.CASE_ANSWER_DAYS),
    )
    CaseEvent.objects.create(case=case, at=now, action=CaseEvent.Action.OPENED, new_state=case.state)
    tell(
        key=f"case:{case.pk}:received",
        kind=RECEIVED,
        email=case.reporter_email,
        phone=case.reporter_phone,
        language=case.language,
        payload={"case_id": case.pk},
        now=now,
    )
    return case


def _certificate_meant(typed: str) -> Certificate | None:
    code = read_typed_code(typed)
    return Certificate.objects.filter(code=code).first() if code else None

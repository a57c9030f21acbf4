"""The office takes certificates with it as a file: every column of the registry, and a row in the audit log."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from shop.common.csv_text import csv_text
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor

from .models import Certificate
from .state import live_state

# As the open data of the registry and the reports of imports name them.
COLUMNS = (
    "code",
    "product_name",
    "producer_name",
    "stars",
    "score",
    "live_state",
    "issued_on",
    "valid_until",
    "extended_until",
    "stopped_on",
    "stop_reason",
    "stop_decision",
    "superseded_by",
    "superseded_on",
    "decision_authority",
    "decision_number",
    "decision_signed_on",
    "province",
    "commune",
    "legacy_province",
    "address_as_certified",
    "group_as_printed",
    "criteria_set",
    "product_code",
    "source_file",
    "source_sheet",
    "source_row",
    "is_sample",
)


def export_certificates(*, certificates: QuerySet[Certificate], actor: Actor, asked: str, now: datetime) -> str:
    """Return the certificates as CSV and record who took how many; `asked` is the query they were found with."""
    loaded = certificates.select_related("decision", "province", "commune", "import_run", "superseded_by")
    rows = [_row(certificate, now.date()) for certificate in loaded]
    with transaction.atomic():
        record(
            actor=actor,
            action="certificates.exported",
            subject=Subject(object_type="export", object_id="certificates", label="CSV"),
            now=now,
            rows=len(rows),
            query=asked,
        )
    return csv_text([COLUMNS, *rows])


def _row(certificate: Certificate, today: date) -> list[object]:
    decision, run = certificate.decision, certificate.import_run
    plain = {name: getattr(certificate, name) for name in COLUMNS if hasattr(certificate, name)}
    named = {
        "live_state": live_state(certificate, today=today).value,
        "superseded_by": certificate.superseded_by.code if certificate.superseded_by else "",
        "decision_authority": decision.authority,
        "decision_number": decision.number,
        "decision_signed_on": decision.signed_on,
        "province": certificate.province.name if certificate.province else "",
        "commune": certificate.commune.name if certificate.commune else "",
        "source_file": run.file_name if run else "",
        "is_sample": int(decision.is_sample),
    }
    values = {**plain, **named}
    return [values[name] for name in COLUMNS]

"""Write a plan into the registry, in one transaction that its caller opens."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from shop.common.dates import months_after
from shop.common.vietnamese import fold
from shop.domain.people.models import User
from shop.domain.producers.registering import ProducerSought, register_producers
from shop.oscar_forks.partner.models import Partner

from ..annexes.checks import VALID_MONTHS
from ..annexes.entries import Entry
from ..models import Certificate, CertificateEvent, Decision, ImportRun
from ..naming import comparable, folded_producer_name, producer_key
from ..taxonomy import find_group
from .codes import CodeMaker
from .planning import Action, Plan, PlannedRow

# Any number, the same everywhere: two imports at once would hand out the same codes.
IMPORT_LOCK = 7_020_377
BATCH = 1000
SAMPLE_AUTHORITY = "MẪU"
FORMS = {"lan dau": Certificate.Form.INITIAL, "moi": Certificate.Form.INITIAL, "nang hang": Certificate.Form.UPGRADE}
RE_EVALUATION_WORDS = ("danh gia lai", "cong nhan lai", "phan hang lai", "cap lai")


class RowNotPlanned(ValueError):
    """A row without a day of issue, or a completion of nothing: no plan lets it through."""


@dataclass(frozen=True)
class Source:
    """The file an import came from."""

    file_name: str
    sha256: str


@dataclass(frozen=True)
class Imported:
    """A certificate that was written, with the products its row lists."""

    certificate: Certificate
    variants: tuple[str, ...]


def lock_imports() -> None:
    """Wait for any other import to end; held until the transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def apply_plan(*, plan: Plan, source: Source, report: dict, now: datetime, actor: User | None = None) -> list[Imported]:
    """Write new and completed certificates and return them; a plan that changes nothing writes nothing."""
    new, changed = plan.with_action(Action.NEW), plan.with_action(Action.CHANGED)
    if not new and not changed:
        return []
    run = ImportRun.objects.create(
        file_name=source.file_name, sha256=source.sha256, report=report, applied_at=now, applied_by=actor
    )
    producers = _register_producers(new + changed)
    created = _create_certificates(new, producers, run, source)
    completed = [_complete(row, producers) for row in changed]
    _record(created + completed, plan, run, now, actor)
    return [
        Imported(certificate, row.entry.variants) for certificate, row in zip(created + completed, new + changed, strict=True)
    ]


def _register_producers(rows: list[PlannedRow]) -> dict[int, Partner]:
    """Return the producer of each row that names one, by the row's identity; known ones are found again."""
    named = [row for row in rows if row.entry.producer_name]
    sought = [
        ProducerSought(
            name=row.entry.producer_name,
            folded_name=folded_producer_name(row.entry.producer_name)[:255],
            province_code=row.entry.province_code or (row.certificate.province_id if row.certificate else "") or "",
            address=row.entry.address,
            is_sample=row.entry.authority.startswith(SAMPLE_AUTHORITY),
        )
        for row in named
    ]
    return dict(zip((id(row) for row in named), register_producers(sought=sought), strict=True))


def _create_certificates(
    rows: list[PlannedRow], producers: dict[int, Partner], run: ImportRun, source: Source
) -> list[Certificate]:
    decisions = _decisions_of([row.entry for row in rows], source)
    codes = CodeMaker()
    certificates = []
    for row in rows:
        entry = row.entry
        if entry.issued_on is None:
            raise RowNotPlanned(entry.row)
        producer = producers.get(id(row))
        match = find_group(entry.group) if entry.group else None
        certificates.append(
            Certificate(
                code=codes.next_code(province_code=entry.province_code, year=entry.issued_on.year),
                decision=decisions[entry.authority, entry.number, entry.signed_on],
                producer=producer,
                product_name=entry.product_name,
                folded_name=comparable(entry.product_name),
                producer_name=entry.producer_name,
                folded_producer_name=producer_key(entry.producer_name),
                address_as_certified=entry.address,
                legacy_province=entry.province,
                province_id=entry.province_code or None,
                commune_id=producer.profile.commune_id if producer else None,
                stars=entry.stars,
                score=entry.score,
                group_as_printed=entry.group,
                criteria_set=match.criteria_set if match else None,
                product_code=entry.product_code,
                form=_form(entry),
                issued_on=entry.issued_on,
                valid_until=months_after(entry.issued_on, VALID_MONTHS),
                import_run=run,
                source_sheet=entry.sheet[:128],
                source_row=entry.row,
            )
        )
    return Certificate.objects.bulk_create(certificates, batch_size=BATCH)


def _decisions_of(entries: list[Entry], source: Source) -> dict[tuple, Decision]:
    keys = dict.fromkeys((entry.authority, entry.number, entry.signed_on) for entry in entries)
    known = Decision.objects.filter(number__in={number for _authority, number, _signed_on in keys})
    decisions = {(one.authority, one.number, one.signed_on): one for one in known}
    created = Decision.objects.bulk_create(
        [
            Decision(
                authority=authority,
                number=number,
                signed_on=signed_on,
                source=source.file_name,
                is_sample=authority.startswith(SAMPLE_AUTHORITY),
            )
            for authority, number, signed_on in keys
            if (authority, number, signed_on) not in decisions
        ],
        batch_size=BATCH,
    )
    return decisions | {(one.authority, one.number, one.signed_on): one for one in created}


def _complete(row: PlannedRow, producers: dict[int, Partner]) -> Certificate:
    """Fill what the registry left blank; its code, stars and days stay as they are."""
    certificate = row.certificate
    if certificate is None:
        raise RowNotPlanned(row.entry.row)
    for name, value in row.changes.items():
        setattr(certificate, name, value)
    if "producer_name" in row.changes:
        certificate.producer = producers[id(row)]
        certificate.folded_producer_name = producer_key(row.entry.producer_name)
    certificate.save()
    return certificate


def _record(certificates: list[Certificate], plan: Plan, run: ImportRun, now: datetime, actor: User | None) -> None:
    created = len(plan.with_action(Action.NEW))
    CertificateEvent.objects.bulk_create(
        [
            CertificateEvent(
                certificate=certificate,
                at=now,
                actor=actor,
                action="imported" if place < created else "completed",
                detail={"import_run": run.pk, "file": run.file_name},
            )
            for place, certificate in enumerate(certificates)
        ],
        batch_size=BATCH,
    )


def _form(entry: Entry) -> str:
    said = fold(f"{entry.form} {entry.note}")
    if any(words in said for words in RE_EVALUATION_WORDS):
        return Certificate.Form.RE_EVALUATION
    return next((form for words, form in FORMS.items() if words in said), "")

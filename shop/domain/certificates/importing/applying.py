"""Write planned rows into the registry, in one transaction that its caller opens."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from shop.common.copying import copy_in
from shop.common.dates import months_after
from shop.common.vietnamese import fold
from shop.domain.producers.registering import ProducerSought, register_producers
from shop.oscar_forks.partner.models import Partner

from ..annexes.checks import VALID_MONTHS
from ..annexes.entries import Entry
from ..models import Certificate, CertificateEvent, Decision, ImportChange, ImportRun
from ..naming import comparable, folded_producer_name, producer_key
from ..taxonomy import find_group
from .codes import CodeMaker, prefix_of
from .planning import Action, Plan, PlannedRow

# Any number, the same everywhere: two imports at once would hand out the same codes.
IMPORT_LOCK = 7_020_377
BATCH = 1000
SAMPLE_AUTHORITY = "MẪU"
IMPORTED, COMPLETED = "imported", "completed"
FORMS = {"lan dau": Certificate.Form.INITIAL, "moi": Certificate.Form.INITIAL, "nang hang": Certificate.Form.UPGRADE}
RE_EVALUATION_WORDS = ("danh gia lai", "cong nhan lai", "phan hang lai", "cap lai")
# What an import writes of a certificate, also of one that an undone import left behind.
WRITTEN = (
    "decision", "producer", "product_name", "folded_name", "producer_name", "folded_producer_name", "address_as_certified",
    "legacy_province", "province", "commune", "stars", "score", "group_as_printed", "criteria_set", "product_code", "form",
    "issued_on", "valid_until", "import_run", "source_sheet", "source_row", "undone_at",
)  # fmt: skip


class RowNotPlanned(ValueError):
    """A row without a day of issue, or a completion of nothing: no plan lets it through."""


@dataclass(frozen=True)
class Imported:
    """A certificate that was written, with its row and the products the row lists."""

    certificate: Certificate
    row: PlannedRow

    @property
    def variants(self) -> tuple[str, ...]:
        return self.row.entry.variants


@dataclass
class Writing:
    """One import while it is written: what came from it, and who is told to have done it."""

    run: ImportRun
    now: datetime
    actor_id: int | None = None
    codes: CodeMaker = field(default_factory=CodeMaker)

    def note(self, kind: str, object_ids: Sequence[int]) -> None:
        """Write down things that were made, so that they can be taken back."""
        copy_in([ImportChange(run=self.run, kind=kind, object_id=pk) for pk in object_ids])


def lock_imports() -> None:
    """Wait for any other import to end; held until the transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def batches_of(plan: Plan) -> Iterator[list[PlannedRow]]:
    """Yield the rows that change the registry, new ones first, some at a time."""
    rows = plan.with_action(Action.NEW) + plan.with_action(Action.CHANGED)
    yield from (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def write_batch(rows: Sequence[PlannedRow], writing: Writing) -> list[Imported]:
    """Write new and completed certificates with their history and return them."""
    producers = _register_producers(rows, writing)
    new = [row for row in rows if row.action is Action.NEW]
    changed = [row for row in rows if row.action is Action.CHANGED]
    created = _create_certificates(new, producers, writing)
    writing.note(ImportChange.Kind.CERTIFICATE_MADE, [one.pk for one in created])
    completed = [_complete(row, producers, writing) for row in changed]
    _record(created, IMPORTED, writing)
    _record(completed, COMPLETED, writing)
    return [Imported(certificate, row) for certificate, row in zip(created + completed, new + changed, strict=True)]


def _register_producers(rows: Sequence[PlannedRow], writing: Writing) -> dict[int, Partner]:
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
    registered = register_producers(sought=sought)
    writing.note(ImportChange.Kind.PRODUCER_MADE, registered.made)
    return dict(zip((id(row) for row in named), registered.producers, strict=True))


def _create_certificates(rows: list[PlannedRow], producers: dict[int, Partner], writing: Writing) -> list[Certificate]:
    decisions = _decisions_of([row.entry for row in rows], writing.run.file_name)
    left_behind = _left_behind(decisions)
    certificates = []
    for row in rows:
        entry = row.entry
        if entry.issued_on is None:
            raise RowNotPlanned(entry.row)
        certificate = _certificate(row, decisions[entry.authority, entry.number, entry.signed_on], producers, writing)
        before = left_behind.pop(_key_of(certificate), None)
        prefix = prefix_of(province_code=entry.province_code, year=entry.issued_on.year)
        if before is not None and before.code.startswith(prefix):
            # The same product of the same decision: whoever printed its code meanwhile is right again.
            certificate.pk, certificate.code = before.pk, before.code
        else:
            certificate.code = writing.codes.next_code(province_code=entry.province_code, year=entry.issued_on.year)
        certificates.append(certificate)
    again = [one for one in certificates if one.pk is not None]
    copy_in([one for one in certificates if one.pk is None])
    Certificate.objects.bulk_create(again, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
    return certificates


def _certificate(row: PlannedRow, decision: Decision, producers: dict[int, Partner], writing: Writing) -> Certificate:
    entry, producer = row.entry, producers.get(id(row))
    issued_on: date = entry.issued_on  # type: ignore[assignment]  # its caller looked
    match = find_group(entry.group) if entry.group else None
    return Certificate(
        decision=decision,
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
        issued_on=issued_on,
        valid_until=months_after(issued_on, VALID_MONTHS),
        import_run=writing.run,
        source_sheet=entry.sheet[:128],
        source_row=entry.row,
    )


def _key_of(certificate: Certificate) -> tuple[int, str, str, str]:
    return (certificate.decision_id, certificate.folded_producer_name, certificate.folded_name, certificate.product_code)


def _left_behind(decisions: dict[tuple, Decision]) -> dict[tuple[int, str, str, str], Certificate]:
    """Return the certificates of undone imports of these decisions, by what makes each one of its kind."""
    undone = Certificate.everything.filter(undone_at__isnull=False, decision__in=[one.pk for one in decisions.values()])
    return {_key_of(certificate): certificate for certificate in undone.order_by("pk")}


def _decisions_of(entries: list[Entry], file_name: str) -> dict[tuple, Decision]:
    keys = dict.fromkeys((entry.authority, entry.number, entry.signed_on) for entry in entries)
    numbers = {number for _authority, number, _signed_on in keys}
    known = Decision.objects.filter(number__in=numbers)
    decisions = {(one.authority, one.number, one.signed_on): one for one in known}
    forgotten = [one.pk for key, one in decisions.items() if key in keys and not one.certificates.exists()]
    # Its first import was undone: the file that brings it again is where a reader can check it.
    Decision.objects.filter(pk__in=forgotten).update(source=file_name)
    created = Decision.objects.bulk_create(
        [
            Decision(
                authority=authority,
                number=number,
                signed_on=signed_on,
                source=file_name,
                is_sample=authority.startswith(SAMPLE_AUTHORITY),
            )
            for authority, number, signed_on in keys
            if (authority, number, signed_on) not in decisions
        ],
        batch_size=BATCH,
    )
    return decisions | {(one.authority, one.number, one.signed_on): one for one in created}


def _complete(row: PlannedRow, producers: dict[int, Partner], writing: Writing) -> Certificate:
    """Fill what the registry left blank; its code, stars and days stay as they are."""
    certificate = row.certificate
    if certificate is None:
        raise RowNotPlanned(row.entry.row)
    values = dict(row.changes)
    if "producer_name" in values:
        values |= {"producer_id": producers[id(row)].pk, "folded_producer_name": producer_key(row.entry.producer_name)}
    old = {name: plain(getattr(certificate, name)) for name in values}
    for name, value in values.items():
        setattr(certificate, name, value)
    certificate.save(update_fields=[name.removesuffix("_id") for name in values])
    ImportChange.objects.create(
        run=writing.run,
        kind=ImportChange.Kind.CERTIFICATE_COMPLETED,
        object_id=certificate.pk,
        old=old,
        new={name: plain(value) for name, value in values.items()},
    )
    return certificate


def plain(value: object) -> object:
    """Return a certificate's value as JSON knows it; scores without idle zeros."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _record(certificates: list[Certificate], action: str, writing: Writing) -> None:
    copy_in(
        [
            CertificateEvent(
                certificate=certificate,
                at=writing.now,
                actor_id=writing.actor_id,
                action=action,
                detail={"import_run": writing.run.pk, "file": writing.run.file_name},
            )
            for certificate in certificates
        ]
    )


def _form(entry: Entry) -> str:
    said = fold(f"{entry.form} {entry.note}")
    if any(words in said for words in RE_EVALUATION_WORDS):
        return Certificate.Form.RE_EVALUATION
    return next((form for words, form in FORMS.items() if words in said), "")

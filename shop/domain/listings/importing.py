"""Import an official list: certificates into the registry, unclaimed producers, draft listings; whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.db import connection, transaction

from shop.common.shown_versions import EVERYTHING, show_anew
from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.importing.applying import Imported, Writing, batches_of, lock_imports, write_batch
from shop.domain.certificates.importing.checking import keep_plan
from shop.domain.certificates.importing.keeping import harmless_name, keep_file
from shop.domain.certificates.importing.planning import Plan, plan_import
from shop.domain.certificates.importing.reading import read_list, sha256_of
from shop.domain.certificates.importing.report import report_of
from shop.domain.certificates.importing.runs import State, record_import
from shop.domain.certificates.models import CertificateEvent, ImportChange, ImportRun
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.people.models import User

from .drafting import draft_listings
from .superseding import take_over_products

# Written into the history of the older certificate: the reason that its check page gives.
TAKEN_OVER = "Có giấy chứng nhận mới hơn trong danh sách %(file)s"


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did or would do."""

    plan: Plan
    report: dict[str, object]

    @property
    def is_refused(self) -> bool:
        return not self.plan.can_be_applied


def import_list(
    *,
    path: Path,
    given: Given,
    now: datetime,
    file_name: str = "",
    actor: User | None = None,
    dry_run: bool = False,
    skip_bad_rows: bool = False,
) -> ImportOutcome:
    """Read the file, plan, and apply unless refused or `dry_run`; returns the plan and its report.

    `now` is the shop's time; days after it are in the future. `file_name` is what the source is called,
    the path's own name when empty. What is applied stands in the history of imports with its file.
    """
    name = file_name or path.name
    annex = read_list(path=path, given=given, today=now.date(), file_name=name)
    return _plan_and_apply(
        annex=annex, path=path, file_name=name, now=now, actor=actor, dry_run=dry_run, skip_bad_rows=skip_bad_rows
    )


@transaction.atomic
def _plan_and_apply(
    *, annex: Annex, path: Path, file_name: str, now: datetime, actor: User | None, dry_run: bool, skip_bad_rows: bool
) -> ImportOutcome:
    if not dry_run:
        # Planned under the lock: what the plan saw is what it is applied to.
        lock_imports()
    plan = plan_import(annex=annex, skip_bad_rows=skip_bad_rows)
    is_applied = plan.can_be_applied and not dry_run
    if is_applied and any(batches_of(plan)):
        run = ImportRun(
            file_name=harmless_name(file_name),
            sha256=sha256_of(path),
            origin=ImportRun.Origin.COMMAND,
            state=State.APPLYING,
            uploaded_at=now,
            uploaded_by=actor,
            applied_by=actor,
        )
        run.save()
        keep_plan(run, plan)
        write_plan(run=run, plan=plan, now=now)
        # Last, when nothing else can fail: a file is not taken back with a transaction.
        with path.open("rb") as file:
            keep_file(run, File(file))
        run.save(update_fields=["file"])
    return ImportOutcome(plan, report_of(plan=plan, file=file_name, is_applied=is_applied))


def write_plan(*, run: ImportRun, plan: Plan, now: datetime, say: Callable[[int], object] = int) -> None:
    """Write a plan into the registry and end its run; in the caller's transaction, under the lock of imports.

    `say` is told how many rows are written so far.
    """
    actor = SYSTEM if run.applied_by_id is None else Actor(user_id=run.applied_by_id)
    writing = Writing(run, now, run.applied_by_id)
    imported: list[Imported] = []
    for rows in batches_of(plan):
        batch = write_batch(rows, writing)
        drafts = draft_listings(
            certificates=[one.certificate for one in batch],
            variants={one.certificate.pk: one.variants for one in batch if one.variants},
        )
        writing.note(ImportChange.Kind.LISTING_MADE, [draft.pk for draft in drafts])
        _link_rows(run, batch)
        imported += batch
        say(len(imported))
    certificates = [one.certificate for one in imported]
    reason = TAKEN_OVER % {"file": run.file_name}
    take_over_products(certificates=certificates, reason=reason, actor=actor, now=now)
    last = CertificateEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    run.state, run.applied_at, run.last_event = State.APPLIED, now, last or 0
    run.save()
    show_anew(EVERYTHING)
    record_import(run, "applied", actor=actor, now=now, approved_by=run.approved_by_id, needs=run.needs)


def _link_rows(run: ImportRun, batch: Sequence[Imported]) -> None:
    """Let each row of the history lead to its certificate: one statement for all of them."""
    entries = [one.row.entry for one in batch]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE certificates_importrow AS line SET certificate_id = pair.certificate"
            " FROM unnest(%s::text[], %s::int[], %s::bigint[]) AS pair(sheet, row, certificate)"
            " WHERE line.run_id = %s AND line.sheet = pair.sheet AND line.row = pair.row",
            [[one.sheet for one in entries], [one.row for one in entries], [one.certificate.pk for one in batch], run.pk],
        )

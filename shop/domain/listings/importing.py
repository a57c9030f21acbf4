"""Import an official list: certificates into the registry, unclaimed producers, draft listings; whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.importing.applying import Source, apply_plan, lock_imports
from shop.domain.certificates.importing.planning import Plan, plan_import
from shop.domain.certificates.importing.reading import read_list, sha256_of
from shop.domain.certificates.importing.report import report_of
from shop.domain.people.actor import Actor
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
    the path's own name when empty.
    """
    annex = read_list(path=path, given=given, today=now.date())
    return _plan_and_apply(
        annex=annex,
        source=Source(file_name=file_name or path.name, sha256=sha256_of(path) if annex.entries else ""),
        now=now,
        actor=actor,
        dry_run=dry_run,
        skip_bad_rows=skip_bad_rows,
    )


@transaction.atomic
def _plan_and_apply(
    *, annex: Annex, source: Source, now: datetime, actor: User | None, dry_run: bool, skip_bad_rows: bool
) -> ImportOutcome:
    if not dry_run:
        # Planned under the lock: what the plan saw is what it is applied to.
        lock_imports()
    plan = plan_import(annex=annex, skip_bad_rows=skip_bad_rows)
    is_applied = plan.can_be_applied and not dry_run
    report = report_of(plan=plan, file=source.file_name, is_applied=is_applied)
    if is_applied:
        imported = apply_plan(plan=plan, source=source, report=report, now=now, actor=actor)
        certificates = [one.certificate for one in imported]
        draft_listings(certificates=certificates, variants={one.certificate.pk: one.variants for one in imported if one.variants})
        take_over_products(
            certificates=certificates,
            reason=TAKEN_OVER % {"file": source.file_name},
            actor=Actor(user_id=actor.pk if actor else None),
            now=now,
        )
    return ImportOutcome(plan, report)

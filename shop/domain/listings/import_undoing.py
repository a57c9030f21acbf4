"""Take an import back within a day: what it made goes, what it completed is blank again, or nothing at all happens.

Certificates that were made stay as rows that nothing reads: their history is never rewritten, and their codes are never
given to another product. Importing the list again gives them back.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from catalogue_ext.models import Product
from shop.common.gates import shut_gates
from shop.common.shown_versions import EVERYTHING, show_anew
from shop.domain.certificates.act_requests import Outcome
from shop.domain.certificates.acts import CERTIFICATE_GATE
from shop.domain.certificates.importing.applying import BATCH, lock_imports, plain
from shop.domain.certificates.importing.runs import ImportNotReady, State, can_be_undone, hand_to_worker, lock_run, record_import
from shop.domain.certificates.models import (
    ActRequestItem,
    Certificate,
    CertificateActRequest,
    CertificateEvent,
    ImportChange,
    ImportRun,
)
from shop.domain.certificates.scope import officer_of
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.producers.forgetting import forget_unused_producers
from shop.oscar_forks.order.models import Line

from .models import Listing
from .superseding import give_back_products

Kind = ImportChange.Kind
UNDONE = "import_undone"
REASON = "Hoàn tác việc nhập danh sách %(file)s"
MOST_SHOWN = 50


class UndoTooLate(Exception):
    """A day has passed since the list was applied: from now on certificates are changed one by one."""


class ObstacleKind(StrEnum):
    """What happened since the list was applied, so that it cannot be taken back any more."""

    SOLD = "sold"
    ACT = "act"
    CHANGED = "changed"


@dataclass(frozen=True)
class Obstacle:
    """A certificate in the way of an undoing, and why."""

    kind: ObstacleKind
    certificate_id: int
    code: str
    product_name: str


class UndoBlocked(Exception):
    """Something happened meanwhile that an undoing would contradict."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        self.obstacles = obstacles
        super().__init__([one.code for one in obstacles])


@dataclass(frozen=True)
class _Written:
    """What an import wrote, by ids."""

    made: list[int]
    completed: dict[int, ImportChange]
    producers: list[int]
    listings: list[int]

    @property
    def certificates(self) -> list[int]:
        return sorted([*self.made, *self.completed])

    @property
    def orphans(self) -> list[int]:
        """Certificates that are without a producer afterwards."""
        named = [pk for pk, change in self.completed.items() if "producer_id" in change.new]
        return [*self.made, *named]


@transaction.atomic
def request_undo(*, run_id: int, actor: Actor, now: datetime) -> ImportRun:
    """Let a worker take the import back; raises UndoTooLate, UndoBlocked, ImportNotReady. Pressed again: no change."""
    run = lock_run(run_id=run_id, officer=officer_of(user_id=actor.user_id))
    if run.state in {State.UNDOING, State.UNDONE}:
        return run
    if run.state != State.APPLIED:
        raise ImportNotReady(run.state)
    if not can_be_undone(run, now=now):
        raise UndoTooLate(run_id)
    if obstacles := _obstacles(run, _written(run)):
        raise UndoBlocked(obstacles)
    run.undone_by_id = actor.user_id
    hand_to_worker(run, State.UNDOING)
    return run


@transaction.atomic
def undo_import(*, run_id: int, now: datetime) -> None:
    """Take back what the import wrote, or raise UndoBlocked and change nothing."""
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)
    if run.state != State.UNDOING:
        return
    lock_imports()
    written = _written(run)
    # Against whom: buyers who hold the shelf shared, officers who act on a certificate, producers who publish.
    live = Listing.objects.filter(pk__in=written.listings, state=Listing.State.LIVE)
    shut_gates(kind=CERTIFICATE_GATE, ids=live.values_list("certificate", flat=True))
    held = Certificate.everything.select_for_update(of=("self",), no_key=False).order_by("pk").in_bulk(written.certificates)
    if obstacles := _obstacles(run, written):
        raise UndoBlocked(obstacles)
    actor = SYSTEM if run.undone_by_id is None else Actor(user_id=run.undone_by_id)
    _forget_drafts(written)
    give_back_products(certificate_ids=written.orphans, reason=REASON % {"file": run.file_name}, actor=actor, now=now)
    for pk, change in sorted(written.completed.items()):
        _give_back_blanks(held[pk], change)
    _take_away(written.made, now)
    _write_history(run, written, now)
    forget_unused_producers(producer_ids=written.producers)
    run.state, run.undone_at, run.failure = State.UNDONE, now, ""
    run.save()
    show_anew(EVERYTHING)
    record_import(run, "undone", actor=actor, now=now, taken_back=len(written.made), restored=len(written.completed))


def _written(run: ImportRun) -> _Written:
    by_kind: dict[str, list[ImportChange]] = {}
    for change in run.changes.all():
        by_kind.setdefault(change.kind, []).append(change)
    ids = {kind: [change.object_id for change in changes] for kind, changes in by_kind.items()}
    return _Written(
        made=ids.get(Kind.CERTIFICATE_MADE, []),
        completed={change.object_id: change for change in by_kind.get(Kind.CERTIFICATE_COMPLETED, [])},
        producers=ids.get(Kind.PRODUCER_MADE, []),
        listings=ids.get(Kind.LISTING_MADE, []),
    )


def _obstacles(run: ImportRun, written: _Written) -> list[Obstacle]:
    """Return what is in the way: sales, acts, later changes; a row each, sales first."""
    certificates = Certificate.everything.filter(pk__in=written.certificates)
    products = Product.objects.filter(Q(listing__in=written.listings) | Q(parent__listing__in=written.listings))
    sold = set(Line.objects.filter(certificate__in=written.made).values_list("certificate", flat=True))
    of_products = Line.objects.filter(product__in=products.values("pk")).values_list("certificate", flat=True)
    sold |= set(of_products) & set(written.certificates)
    later = CertificateEvent.objects.filter(certificate__in=written.certificates, pk__gt=run.last_event)
    acted = set(later.values_list("certificate", flat=True)) | _asked_for(written.certificates)
    found: list[Obstacle] = []
    for certificate in certificates.order_by("source_row", "pk"):
        kind = (
            ObstacleKind.SOLD
            if certificate.pk in sold
            else ObstacleKind.ACT
            if certificate.pk in acted
            else ObstacleKind.CHANGED
            if _was_changed(certificate, written.completed.get(certificate.pk))
            else None
        )
        if kind is not None and len(found) < MOST_SHOWN:
            found.append(Obstacle(kind, certificate.pk, certificate.code, certificate.product_name))
    return found


def _asked_for(certificate_ids: Collection[int]) -> set[int]:
    """Return the certificates that wait for a second officer's word."""
    waiting = {"outcome": Outcome.WAITING}
    single = CertificateActRequest.objects.filter(certificate__in=certificate_ids, **waiting)
    many = ActRequestItem.objects.filter(certificate__in=certificate_ids, request__outcome=Outcome.WAITING)
    return set(single.values_list("certificate", flat=True)) | set(many.values_list("certificate", flat=True))


def _was_changed(certificate: Certificate, change: ImportChange | None) -> bool:
    return change is not None and any(plain(getattr(certificate, name)) != value for name, value in change.new.items())


def _forget_drafts(written: _Written) -> None:
    """Remove the drafts nobody has touched, with their products; others stay without this certificate."""
    others = Certificate.everything.filter(product=OuterRef("product")).exclude(pk__in=written.certificates)
    untouched = list(
        Listing.objects.filter(
            ~Exists(others),
            pk__in=written.listings,
            state=Listing.State.DRAFT,
            version=1,
            price_from_vnd=None,
            stock_records=None,
            revisions=None,
        ).values_list("pk", "product")
    )
    listings, products = [pk for pk, _product in untouched], [product for _pk, product in untouched]
    Certificate.everything.filter(product__in=products).update(product=None)
    Listing.objects.filter(pk__in=listings).delete()
    Product.objects.filter(parent__in=products).delete()
    Product.objects.filter(pk__in=products).delete()


def _give_back_blanks(certificate: Certificate, change: ImportChange) -> None:
    for name, value in change.old.items():
        setattr(certificate, name, Decimal(value) if name == "score" and value else value)
    fields = [name.removesuffix("_id") for name in change.old]
    if "producer_id" in change.old:
        certificate.product = None
        fields.append("product")
    certificate.save(update_fields=fields)


def _take_away(certificate_ids: list[int], now: datetime) -> None:
    Certificate.everything.filter(pk__in=certificate_ids).update(
        undone_at=now, producer=None, product=None, superseded_by=None, superseded_on=None
    )


def _write_history(run: ImportRun, written: _Written, now: datetime) -> None:
    detail: dict[str, Any] = {"import_run": run.pk, "file": run.file_name}
    events = [
        CertificateEvent(certificate_id=pk, at=now, actor_id=run.undone_by_id, action=UNDONE, detail=detail)
        for pk in written.certificates
    ]
    CertificateEvent.objects.bulk_create(events, batch_size=BATCH)

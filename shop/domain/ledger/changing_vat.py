"""VAT classes with dates: what will change is written down before, and carried out on its day.

Prices include VAT, so a change of class changes what of a price is tax, never what a buyer pays. Orders keep the class
their goods had when they were placed.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from catalogue_ext.models import Product
from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import SYSTEM, Actor

from .models import VatChange


class ChangeInThePast(Exception):
    """What was sold already was sold with the VAT of its day."""


class NothingChanges(Exception):
    """From a class to itself, or of nothing at all."""


class ChangeApplied(Exception):
    """What was carried out is undone by another change only."""


@dataclass(frozen=True)
class ChangeWanted:
    """A change as somebody asks for it: of one product, or of every product of `from_class`."""

    to_class: str
    starts_on: date
    source: str
    from_class: str = ""
    product_id: int | None = None


@transaction.atomic
def plan_change(*, wanted: ChangeWanted, actor: Actor, now: datetime) -> VatChange:
    """Write a change down; one that starts today is carried out at once. Raises ChangeInThePast, NothingChanges."""
    today = now.astimezone(SHOP_TIME_ZONE).date()
    if wanted.starts_on < today:
        raise ChangeInThePast(wanted.starts_on)
    if (wanted.product_id is None) == (not wanted.from_class) or wanted.from_class == wanted.to_class:
        raise NothingChanges(wanted.to_class)
    change = VatChange.objects.create(**asdict(wanted), created_at=now, created_by_id=actor.user_id)
    record(actor=actor, action="vat.change_planned", subject=_subject(change), now=now, new=asdict(wanted))
    if wanted.starts_on == today:
        _carry_out(change, now)
    return change


@transaction.atomic
def take_change_back(*, change_id: int, actor: Actor, now: datetime) -> VatChange:
    """Take back a change that was not carried out; twice is once. Raises ChangeApplied."""
    change = VatChange.objects.select_for_update().get(pk=change_id)
    if change.applied_at is not None:
        raise ChangeApplied(change_id)
    if change.ends_on is None:
        change.ends_on = change.starts_on - timedelta(days=1)
        change.save(update_fields=["ends_on"])
        record(actor=actor, action="vat.change_taken_back", subject=_subject(change), now=now)
    return change


@transaction.atomic
def carry_out_changes(*, now: datetime) -> int:
    """Carry out what is due, in the order of its days; returns how many changes that was."""
    today = now.astimezone(SHOP_TIME_ZONE).date()
    due = VatChange.objects.select_for_update().filter(starts_on__lte=today, applied_at=None, ends_on=None)
    changes = list(due.order_by("starts_on", "pk"))
    for change in changes:
        _carry_out(change, now)
    return len(changes)


def _carry_out(change: VatChange, now: datetime) -> None:
    products = Product.objects.filter(vat_class=change.from_class) if change.from_class else _family(change.product_id)
    count = products.exclude(vat_class=change.to_class).update(vat_class=change.to_class)
    change.applied_at = now
    change.save(update_fields=["applied_at"])
    record(actor=SYSTEM, action="vat.change_applied", subject=_subject(change), now=now, rows=count)


def _family(product_id: int | None) -> QuerySet[Product]:
    """A product with its packs."""
    return Product.objects.filter(pk=product_id) | Product.objects.filter(parent=product_id)


def _subject(change: VatChange) -> Subject:
    return Subject("vat_change", change.pk, str(change))

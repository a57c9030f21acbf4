"""The audit log read: what an officer may see of it, and what somebody looks for in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.people.models import Officer

from .models import AuditEntry

# Officers answer for producers and certificates; what was done with a buyer's order or account is staff's to read.
ABOUT_BUYERS = ("person", "order")


@dataclass(frozen=True)
class Asked:
    """What is looked for; empty means all. `actors` are ids of people, days are local and both included."""

    words: str = ""
    actors: Collection[int] | None = None
    object_type: str = ""
    object_id: str = ""
    since: date | None = None
    until: date | None = None


def entries_within(*, officer: Officer | None) -> QuerySet[AuditEntry]:
    """Return what this officer may read; None is staff. Lines that name no place are for the whole country's eyes."""
    if officer is None:
        return AuditEntry.objects.all()
    about_producers = AuditEntry.objects.exclude(object_type__in=ABOUT_BUYERS)
    if officer.scope == Officer.Scope.ALL:
        return about_producers
    if officer.scope == Officer.Scope.PROVINCE:
        return about_producers.filter(province_code=officer.province_id)
    return about_producers.filter(commune_code=officer.commune_id)


def search_entries(entries: QuerySet[AuditEntry], *, asked: Asked) -> QuerySet[AuditEntry]:
    """Return the lines that fit, newest first; every word has to stand in label, reason, action or the object's number."""
    for word in asked.words.split():
        entries = entries.filter(
            Q(label__icontains=word) | Q(reason__icontains=word) | Q(action__icontains=word) | Q(object_id=word)
        )
    if asked.actors is not None:
        entries = entries.filter(actor__in=asked.actors)
    if asked.object_type:
        entries = entries.filter(object_type=asked.object_type)
    if asked.object_id:
        entries = entries.filter(object_id=asked.object_id)
    if asked.since:
        entries = entries.filter(at__gte=_midnight(asked.since))
    if asked.until and asked.until < date.max:
        entries = entries.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return entries.order_by("-at", "-pk")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHOP_TIME_ZONE)

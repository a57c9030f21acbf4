"""The log as people read it: who, what, on which thing, and each change from old to new."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shop.domain.audit_log.models import AuditEntry
from shop.domain.people.models import User
from shop.domain.producers.models import Membership

from .words import PEOPLE, STATES, VALUES, action_text, field_text, kind_text

Text = str | Promise
CHANGES_IN_A_ROW = 3
# Where a kind of thing has a page of its own at the desk, found by its number.
PAGES = {
    "act_request": "office_desk:approval",
    "producer": "office_desk:producer",
    "import": "office_desk:import",
    "case": "office_desk:case",
}


@dataclass(frozen=True)
class Change:
    """One field: what stood there, what stands there now."""

    field: Text
    old: str
    new: str


@dataclass(frozen=True)
class LogRow:
    """One entry in words; `changes` are all of them."""

    entry: AuditEntry
    who: str
    what: Text
    kind: Text
    url: str
    changes: Sequence[Change]

    @property
    def first_changes(self) -> Sequence[Change]:
        return self.changes[:CHANGES_IN_A_ROW]

    @property
    def changes_left(self) -> int:
        return max(len(self.changes) - CHANGES_IN_A_ROW, 0)


def names_of(user_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of those among these people who work here: officers, staff, producers' people. Buyers stay numbers."""
    people = User.objects.filter(pk__in={pk for pk in user_ids if pk is not None})
    return {person.pk: str(person) for person in people.filter(_works_here()).distinct()}


def actors_named(text: str) -> list[int]:
    """Return the people who work here whose name, e-mail or phone has these words."""
    people = User.objects.filter(_works_here())
    for word in text.split():
        people = people.filter(
            Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word) | Q(phone__contains=word)
        )
    return list(people.values_list("pk", flat=True).distinct()[:200])


def read_entries(entries: Sequence[AuditEntry]) -> list[LogRow]:
    """Return entries in words; one query for all names."""
    names = names_of({entry.actor_id for entry in entries} | {number for entry in entries for number in _people_in(entry)})
    return [_read(entry, names) for entry in entries]


def other_details(entry: AuditEntry) -> list[tuple[Text, str]]:
    """Return what else explains an entry, besides old and new; what says nothing is left out."""
    told = {name: value for name, value in entry.detail.items() if name not in ("old", "new") and value not in (None, "", [], {})}
    names = names_of(value for name, value in told.items() if name in PEOPLE)
    return [(field_text(name), _named(name, value, names)) for name, value in told.items()]


def _read(entry: AuditEntry, names: dict[int, str]) -> LogRow:
    old, new = entry.detail.get("old") or {}, entry.detail.get("new") or {}
    both = {**old, **new}
    changes = [Change(field_text(name), *(_named(name, side.get(name), names) for side in (old, new))) for name in both]
    return LogRow(
        entry=entry,
        who=_who(entry, names),
        what=action_text(entry.action),
        kind=kind_text(entry.object_type),
        url=_url_of(entry),
        changes=changes,
    )


def _who(entry: AuditEntry, names: dict[int, str]) -> str:
    return _("Hệ thống") if entry.actor_id is None else _person(entry.actor_id, names)


def _person(number: int, names: dict[int, str]) -> str:
    return names.get(number) or _("Tài khoản số %(number)s") % {"number": number}


def _people_in(entry: AuditEntry) -> set[int]:
    sides = [entry.detail.get("old") or {}, entry.detail.get("new") or {}]
    return {side[name] for side in sides for name in PEOPLE if isinstance(side.get(name), int)}


def _named(name: str, value: Any, names: dict[int, str]) -> str:
    if name in PEOPLE and isinstance(value, int):
        return _person(value, names)
    return str(VALUES[value]) if name in STATES and value in VALUES else _written(value)


def _url_of(entry: AuditEntry) -> str:
    if entry.object_type == "certificate" and entry.label:
        return reverse("office_desk:certificate", args=[entry.label])
    if entry.object_type in PAGES and entry.object_id.isdecimal():
        return reverse(PAGES[entry.object_type], args=[entry.object_id])
    return ""


def _written(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and all(isinstance(count, int) for count in value.values()):
        return ", ".join(f"{field_text(name)} {count}" for name, count in value.items())
    return json.dumps(value, ensure_ascii=False)


def _works_here() -> Q:
    members = Membership.objects.values("user_id")
    return Q(officer__isnull=False) | Q(is_staff=True) | Q(pk__in=members)

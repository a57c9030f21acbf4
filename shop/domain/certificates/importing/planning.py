"""Hold an annex against the registry: what is new, what completes, what is known, what contradicts."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Exists, OuterRef

from ..annexes.annex import Annex
from ..annexes.entries import Entry
from ..annexes.problems import Problem
from ..models import Certificate, Decision
from ..naming import comparable, producer_key
from ..spellings.gazetteer import province_of_code


class Action(StrEnum):
    """What the registry does with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICTING = "conflicting"
    ERROR = "error"


@dataclass
class PlannedRow:
    """A row with what will happen to it; `changes` are fields of the certificate to complete."""

    entry: Entry
    action: Action
    certificate: Certificate | None = None
    changes: dict[str, object] = field(default_factory=dict)
    # Where they contradict each other: field, what the registry says, what the file says.
    conflict: tuple[str, str, str] | None = None
    # The last recognition of the same product before this decision, which a new row renews.
    previous: Certificate | None = None


@dataclass
class Plan:
    """What an import would do, whole or not at all."""

    annex: Annex
    rows: list[PlannedRow]
    problems: list[Problem]
    skip_bad_rows: bool = False
    # Of each decision that the registry knows and the list repeats in part.
    shrunken: list["Shrunken"] = field(default_factory=list)

    @property
    def bad_rows(self) -> list[PlannedRow]:
        """The rows that are not written."""
        return [row for row in self.rows if row.action in {Action.ERROR, Action.CONFLICTING}]

    @property
    def can_be_applied(self) -> bool:
        bad = self.bad_rows
        if any(problem.is_error and problem.row is None for problem in self.problems):
            return False
        return len(bad) < len(self.rows) and (not bad or self.skip_bad_rows)

    def with_action(self, action: Action) -> list[PlannedRow]:
        return [row for row in self.rows if row.action is action]


@dataclass(frozen=True)
class Shrunken:
    """A known decision of whose certificates a list leaves some out."""

    number: str
    missing: int
    known: int


@dataclass
class _Registry:
    """The certificates of the decisions in question, by what makes each one of its kind."""

    decisions: dict[tuple[str, str, date | None], Decision]
    by_key: dict[tuple[int, str, str, str], Certificate]
    by_name: dict[tuple[int, str], list[Certificate]]
    # How many certificates each decision has.
    sizes: Counter[int]
    # Certificates of the same products by producer and name, the newest last.
    by_product: dict[tuple[str, str], list[Certificate]] = field(default_factory=dict)


def plan_import(*, annex: Annex, skip_bad_rows: bool = False, province_code: str = "") -> Plan:
    """Return the plan for an annex; reads the registry, writes nothing.

    With `province_code` rows of other provinces are errors: their importer answers for that one alone.
    """
    if province_code:
        _keep_to_province(annex.entries, province_code)
    registry = _load_registry(annex.entries)
    taken: set[int] = set()
    rows = [_plan_row(entry, registry, taken, province_code) for entry in annex.entries]
    problems = list(annex.problems)
    problems += _problems_of_decisions(rows, registry)
    problems += [problem for row in rows for problem in row.entry.problems]
    return Plan(annex, rows, problems, skip_bad_rows=skip_bad_rows, shrunken=_shrunken(rows, registry))


def _keep_to_province(entries: list[Entry], province_code: str) -> None:
    needed = province_of_code(province_code).name
    for entry in entries:
        if not entry.province_code:
            entry.report("province_of_row_unknown", "province", needed=needed)
        elif entry.province_code != province_code:
            entry.report("outside_scope", "province", found=province_of_code(entry.province_code).name, needed=needed)


def _load_registry(entries: list[Entry]) -> _Registry:
    numbers = {entry.number for entry in entries if entry.number}
    # A decision whose import was undone is known only as a name.
    in_force = Certificate.objects.filter(decision=OuterRef("pk"))
    found = Decision.objects.filter(Exists(in_force), number__in=numbers)
    decisions = {(decision.authority, decision.number, decision.signed_on): decision for decision in found}
    registry = _Registry(decisions, {}, {}, Counter())
    for certificate in Certificate.objects.filter(decision__in=found).order_by("pk"):
        decision_id, name = certificate.decision_id, certificate.folded_name
        key = (decision_id, certificate.folded_producer_name, name, certificate.product_code)
        registry.by_key[key] = certificate
        registry.sizes[decision_id] += 1
        registry.by_name.setdefault((decision_id, name), []).append(certificate)
    names = {comparable(entry.product_name) for entry in entries}
    same = Certificate.objects.filter(folded_name__in=names).exclude(folded_producer_name="").select_related("decision")
    for certificate in same.order_by("issued_on", "pk"):
        key_of_product = (certificate.folded_producer_name, certificate.folded_name)
        registry.by_product.setdefault(key_of_product, []).append(certificate)
    return registry


def _plan_row(entry: Entry, registry: _Registry, taken: set[int], province_code: str) -> PlannedRow:
    if entry.has_error:
        return PlannedRow(entry, Action.ERROR)
    if entry.repeats is not None:
        return PlannedRow(entry, Action.UNCHANGED)
    decision = registry.decisions.get((entry.authority, entry.number, entry.signed_on))
    certificate = _find(entry, decision, registry, taken) if decision else None
    if certificate is None:
        return PlannedRow(entry, Action.NEW, previous=_previous(entry, registry))
    taken.add(certificate.pk)
    if province_code and certificate.province_id not in {None, province_code}:
        found = province_of_code(certificate.province_id).name
        entry.report("outside_scope", "province", found=found, needed=province_of_code(province_code).name)
        return PlannedRow(entry, Action.ERROR, certificate)
    if conflict := _conflict(certificate, entry):
        entry.report("registry_differs", conflict[0], value=conflict[2], found=conflict[1])
        return PlannedRow(entry, Action.CONFLICTING, certificate, conflict=conflict)
    changes = _completions(certificate, entry)
    return PlannedRow(entry, Action.CHANGED if changes else Action.UNCHANGED, certificate, changes)


def _find(entry: Entry, decision: Decision, registry: _Registry, taken: set[int]) -> Certificate | None:
    """Return the certificate a row means; a name or a code that one of the two leaves out is a completion."""
    producer, name = producer_key(entry.producer_name), comparable(entry.product_name)
    exact = registry.by_key.get((decision.pk, producer, name, entry.product_code))
    if exact is not None:
        return exact
    namesakes = [one for one in registry.by_name.get((decision.pk, name), []) if one.pk not in taken]
    of_producer = [
        one for one in namesakes if one.folded_producer_name == producer and not (one.product_code and entry.product_code)
    ]
    if len(of_producer) == 1:
        return of_producer[0]
    same_code = [one for one in namesakes if entry.product_code in {"", one.product_code} or not one.product_code]
    if not producer:
        return same_code[0] if len(same_code) == 1 else None
    waiting = [one for one in same_code if not one.folded_producer_name]
    return waiting[0] if len(waiting) == 1 else None


def _previous(entry: Entry, registry: _Registry) -> Certificate | None:
    before = registry.by_product.get((producer_key(entry.producer_name), comparable(entry.product_name)), [])
    older = [one for one in before if entry.issued_on and one.issued_on < entry.issued_on]
    return older[-1] if older else None


def _conflict(certificate: Certificate, entry: Entry) -> tuple[str, str, str] | None:
    """Return the field on which registry and file contradict each other, with both values."""
    if certificate.stars != entry.stars:
        return "stars", f"{certificate.stars} sao", f"{entry.stars} sao"
    if entry.issued_on and certificate.issued_on != entry.issued_on:
        return "issued_on", f"{certificate.issued_on:%d/%m/%Y}", f"{entry.issued_on:%d/%m/%Y}"
    if certificate.score is not None and entry.score is not None and certificate.score != entry.score:
        return "score", _decimal(certificate.score), _decimal(entry.score)
    return None


def _completions(certificate: Certificate, entry: Entry) -> dict[str, object]:
    """Return the fields the file fills where the registry has none; what is there stays as it was certified."""
    offered = {
        "producer_name": entry.producer_name,
        "address_as_certified": entry.address,
        "group_as_printed": entry.group,
        "product_code": entry.product_code,
        "score": entry.score,
        "legacy_province": entry.province,
        "province_id": entry.province_code,
    }
    return {name: value for name, value in offered.items() if value and not getattr(certificate, name)}


def _problems_of_decisions(rows: list[PlannedRow], registry: _Registry) -> list[Problem]:
    own_rows: dict[tuple[str, str, date | None], list[PlannedRow]] = {}
    for row in rows:
        own_rows.setdefault((row.entry.authority, row.entry.number, row.entry.signed_on), []).append(row)
    days: dict[tuple[str, str], list[date]] = {}
    for decision in registry.decisions.values():
        days.setdefault((decision.authority, decision.number), []).append(decision.signed_on)
    problems = []
    for (authority, number, signed_on), own in own_rows.items():
        others = [
            day for day in days.get((authority, number), []) if signed_on and day != signed_on and day.year == signed_on.year
        ]
        if others:
            problems.append(Problem("number_repeats_in_year", value=number, facts={"found": f"{others[0]:%d/%m/%Y}"}))
        known = registry.decisions.get((authority, number, signed_on))
        missing = registry.sizes[known.pk] - len({row.certificate.pk for row in own if row.certificate}) if known else 0
        # A list that adds rows is a further part of its decision, not a shorter one.
        if missing > 0 and not any(row.action in {Action.NEW, Action.ERROR} for row in own):
            problems.append(Problem("list_shrinks", value=number, facts={"found": str(missing)}))
    return problems


def _shrunken(rows: list[PlannedRow], registry: _Registry) -> list[Shrunken]:
    """Return the decisions a list repeats in part; one that repeats nothing of a decision is a further part of it."""
    known: dict[int, set[int]] = {}
    for row in rows:
        if row.certificate is not None:
            known.setdefault(row.certificate.decision_id, set()).add(row.certificate.pk)
    numbers = {decision.pk: decision.number for decision in registry.decisions.values()}
    return [
        Shrunken(numbers[pk], missing=registry.sizes[pk] - len(found), known=registry.sizes[pk])
        for pk, found in known.items()
        if len(found) < registry.sizes[pk]
    ]


def _decimal(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")

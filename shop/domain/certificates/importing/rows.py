"""What people see of each row: its cells, what is wrong with it, and how it differs from the registry."""

from datetime import date
from decimal import Decimal
from typing import Any

from shop.common.dates import months_after

from ..annexes.checks import VALID_MONTHS
from ..annexes.entries import Entry
from ..models import Certificate, ImportRow, ImportRun
from ..spellings.gazetteer import province_of_code
from .planning import Action, Plan, PlannedRow

Rank = ImportRow.Rank
SKIPPED = "skipped"
# What may be corrected, in the order of the form.
EDITABLE = (
    "product", "producer", "address", "province", "group", "stars", "score", "product_code", "number", "signed_on",
    "issued_on", "expires_on", "authority",
)  # fmt: skip
# Fields of a certificate by what the column is called.
COLUMN_OF = {
    "producer_name": "producer",
    "address_as_certified": "address",
    "group_as_printed": "group",
    "legacy_province": "province",
    "province_id": "province",
}
SCORE_LIMIT = 1000


def rows_of(run: ImportRun, plan: Plan) -> list[ImportRow]:
    """Return the rows of a plan, those left out among them, in the file's order; nothing is written."""
    sheets: dict[str, int] = {}
    everything = [(row.entry, row) for row in plan.rows] + [(entry, None) for entry in plan.annex.skipped]
    for entry, _row in everything:
        sheets.setdefault(entry.sheet, len(sheets))
    everything.sort(key=lambda pair: (sheets[pair[0].sheet], pair[0].row))
    return [_row_of(run, position, entry, row) for position, (entry, row) in enumerate(everything, start=1)]


def _row_of(run: ImportRun, position: int, entry: Entry, row: PlannedRow | None) -> ImportRow:
    return ImportRow(
        run=run,
        position=position,
        sheet=entry.sheet,
        row=entry.row,
        rank=_rank(entry, row),
        action=str(row.action) if row else SKIPPED,
        product_name=entry.product_name,
        producer_name=entry.producer_name,
        stars=entry.stars,
        score=entry.score if entry.score is not None and entry.score < SCORE_LIMIT else None,
        valid_until=months_after(entry.issued_on, VALID_MONTHS) if entry.issued_on else None,
        cells=cells_of(entry),
        problems=[problem.as_stored() for problem in entry.problems] if row else [],
        differences=differences_of(row) if row else [],
        stars_before=row.previous.stars if row and row.previous else None,
        certificate=row.certificate if row else None,
    )


def _rank(entry: Entry, row: PlannedRow | None) -> int:
    if row is None:
        return Rank.SKIPPED
    if row.action in {Action.ERROR, Action.CONFLICTING}:
        return Rank.ERROR
    return Rank.WARNING if entry.problems else Rank.VALID


def cells_of(entry: Entry) -> dict[str, str]:
    """Return the text of each cell that may be corrected: as printed, else as another place of the file says it."""
    said: dict[str, Any] = {
        "product": entry.product_name,
        "producer": entry.producer_name,
        "address": entry.address,
        "province": entry.province,
        "group": entry.group,
        "stars": entry.stars,
        "score": entry.score,
        "product_code": entry.product_code,
        "number": entry.number,
        "signed_on": entry.signed_on,
        "issued_on": entry.issued_on,
        "expires_on": entry.expires_on,
        "authority": entry.authority,
    }
    read_from_more_than_one_cell = ("product", "producer", "address", "province", "group")
    return {
        name: (entry.printed.get(name, "") if name not in read_from_more_than_one_cell else "") or _as_typed(said[name])
        for name in EDITABLE
    }


def differences_of(row: PlannedRow) -> list[dict[str, Any]]:
    """Return what the registry says and what the file says, by field; JSON values."""
    if row.action is Action.CHANGED and row.certificate:
        filled = {COLUMN_OF.get(name, name): _as_stored(name, value) for name, value in row.changes.items()}
        return [{"field": name, "old": "", "new": new} for name, new in filled.items()]
    if row.action is Action.CONFLICTING and row.certificate and row.conflict:
        name = row.conflict[0]
        return [{"field": name, "old": _json(getattr(row.certificate, name)), "new": _json(getattr(row.entry, name))}]
    return _renewal(row.previous, row.entry) if row.previous else []


def _renewal(previous: Certificate, entry: Entry) -> list[dict[str, Any]]:
    issued_on = entry.issued_on or previous.issued_on
    until = months_after(issued_on, VALID_MONTHS)
    found: list[dict[str, Any]] = []
    if previous.stars != entry.stars:
        years = {"old_year": previous.issued_on.year, "new_year": issued_on.year}
        found.append({"field": "stars", "old": previous.stars, "new": entry.stars, **years})
    if previous.producer_name != entry.producer_name:
        found.append({"field": "producer", "old": previous.producer_name, "new": entry.producer_name})
    found.append({"field": "valid_until", "old": previous.valid_until.isoformat(), "new": until.isoformat()})
    return found


def _as_stored(name: str, value: Any) -> Any:
    return province_of_code(value).name if name == "province_id" else _json(value)


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _as_typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else str(value)

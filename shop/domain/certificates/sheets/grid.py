"""What a file becomes: sheets of typed cells, as the child process hands them over.

The modules of this package import nothing of Django: they run in a child process of their own.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

Cell = str | float | int | bool | date | None
Area = tuple[int, int, int, int]

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ROWS = 30_000
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000
# No name or address is near this long; what is cut here is refused later as too long.
MAX_CELL_CHARACTERS = 4_000


class FileRefused(Exception):
    """The file cannot be read as a list; `code` names the reason, `detail` what was found."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass
class Sheet:
    """One sheet: rows from the first one of the file, so that index + 1 is the number a person sees."""

    name: str
    rows: list[list[Cell]]
    # Merged ranges as (top, left, bottom, right), counted from 0. Only real ones: csv and ods have none.
    merged: list[Area] = field(default_factory=list)
    # Cells (row, column), counted from 0, that hold a formula.
    formulas: set[tuple[int, int]] = field(default_factory=set)
    is_hidden: bool = False

    @cached_property
    def areas_by_row(self) -> dict[int, list[Area]]:
        """The merged ranges that touch each row."""
        areas: dict[int, list[Area]] = {}
        for area in self.merged:
            for row in range(area[0], area[2] + 1):
                areas.setdefault(row, []).append(area)
        return areas


def sheet_to_json(sheet: Sheet) -> dict[str, object]:
    """Return the sheet as JSON values; a day becomes a list of its ISO text."""
    return {
        "name": _text(sheet.name),
        "rows": [[_cell_to_json(cell) for cell in row] for row in sheet.rows],
        "merged": sheet.merged,
        "formulas": sorted(sheet.formulas),
        "is_hidden": sheet.is_hidden,
    }


def sheet_from_json(value: dict) -> Sheet:
    """Return the sheet that `sheet_to_json` wrote."""
    return Sheet(
        name=value["name"],
        rows=[[date.fromisoformat(cell[0]) if isinstance(cell, list) else cell for cell in row] for row in value["rows"]],
        merged=[(top, left, bottom, right) for top, left, bottom, right in value["merged"]],
        formulas={(row, column) for row, column in value["formulas"]},
        is_hidden=value["is_hidden"],
    )


def _text(text: str) -> str:
    # A null is no letter: nobody sees it, no XML allows it, and PostgreSQL does not keep it.
    return text.replace("\0", "")[:MAX_CELL_CHARACTERS]


def _cell_to_json(cell: Cell) -> object:
    if isinstance(cell, str):
        return _text(cell)
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime):
        return [cell.date().isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return str(cell)

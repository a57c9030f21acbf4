"""Find the header of a table and say what each column holds."""

from dataclasses import dataclass, field

from ..sheets.grid import Cell, Sheet
from ..spellings.texts import as_text
from .headings import NEEDS_PARENT, Field, field_of, plain_heading, rank_of_heading, rank_preference

MAX_HEADER_ROWS = 3
FEWEST_HEADINGS, PLENTY_OF_HEADINGS = 2, 3


@dataclass(frozen=True)
class Columns:
    """The columns of one table: where each field stands, what its heading says, where the data begins."""

    first_row: int
    data_row: int
    fields: dict[Field, int]
    headings: dict[int, str]
    # An address may be spread over several columns: commune, district.
    addresses: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    # Columns whose heading is a rank; a mark in one of them gives that rank.
    ticks: dict[int, int] = field(default_factory=dict)
    # Further columns that may speak of this round's rank; they must not contradict it.
    other_ranks: tuple[int, ...] = ()

    def heading(self, name: Field) -> str:
        column = self.fields.get(name)
        return self.headings.get(column, "") if column is not None else ""


def read_header(sheet: Sheet, row: int) -> Columns | None:
    """Return the columns when a header begins in this row, None when it does not."""
    if not _may_be_header(sheet.rows[row]):
        return None
    rows = [row]
    while len(rows) < MAX_HEADER_ROWS and _continues(sheet, rows[-1]):
        rows.append(rows[-1] + 1)
    columns = _columns(sheet, rows)
    known = {name for name in columns.fields if name is not Field.OTHER}
    if Field.PRODUCT in known and len(known) > 1:
        return columns
    return None


def _may_be_header(cells: list[Cell]) -> bool:
    """Say whether the row could be one: most of it headings, and numbers only beside plenty of them (2024, 2025)."""
    texts = [text for cell in cells if (text := as_text(cell))]
    # Most rows of a list begin with their number: no need to look closer.
    if len(texts) < FEWEST_HEADINGS or texts[0].isdigit():
        return False
    matched = sum(1 for text in texts if field_of(text) or plain_heading(text) in NEEDS_PARENT)
    has_numbers = any(text.replace(",", "").isdigit() for text in texts)
    return matched * 2 >= len(texts) and (not has_numbers or matched >= PLENTY_OF_HEADINGS)


def _continues(sheet: Sheet, row: int) -> bool:
    """Say whether the next row still belongs to the header: sub-headings under a wide one, or under a tall one."""
    if row + 1 >= len(sheet.rows):
        return False
    texts = [(column, as_text(cell)) for column, cell in enumerate(sheet.rows[row + 1]) if as_text(cell)]
    is_under_wide = any(left < right for _top, left, _bottom, right in sheet.areas_by_row.get(row, ()))
    if not texts or (len(texts) == 1 and not is_under_wide):
        return False
    if any(text.isdigit() for _column, text in texts):
        return False
    return all(
        field_of(text)
        or plain_heading(text) in NEEDS_PARENT
        or rank_of_heading(text)
        or any(bottom > row and left <= column <= right for _top, left, bottom, right in sheet.areas_by_row.get(row, ()))
        for column, text in texts
    )


def _columns(sheet: Sheet, rows: list[int]) -> Columns:
    fields: dict[Field, int] = {}
    headings: dict[int, str] = {}
    addresses: list[int] = []
    groups: list[int] = []
    ticks: dict[int, int] = {}
    ranks: list[int] = []
    width = max(len(sheet.rows[row]) for row in rows)
    for column in range(width):
        stack = _headings_of(sheet, rows, column)
        if not stack:
            continue
        headings[column] = stack[-1]
        if rank := rank_of_heading(stack[-1]):
            ticks[column] = rank
            continue
        name = _field_of_stack(stack)
        if name is None or name is Field.OTHER:
            continue
        if name is Field.ADDRESS:
            addresses.append(column)
        if name is Field.GROUP:
            groups.append(column)
        if name is Field.STARS:
            ranks.append(column)
        fields.setdefault(name, column)
    other_ranks = _settle_rank(fields, headings, ranks)
    return Columns(rows[0], rows[-1] + 1, fields, headings, tuple(addresses), tuple(groups), ticks, other_ranks)


def _settle_rank(fields: dict[Field, int], headings: dict[int, str], ranks: list[int]) -> tuple[int, ...]:
    """Choose the column of the rank; return the others, but for those of other years."""
    if not ranks:
        return ()
    chosen = max(ranks, key=lambda column: (rank_preference(headings[column]), -column))
    fields[Field.STARS] = chosen
    return tuple(column for column in ranks if column != chosen and rank_preference(headings[column])[1] == 0)


def _headings_of(sheet: Sheet, rows: list[int], column: int) -> list[str]:
    """Return the headings over a column from the top; a wide one counts for each column under it that has its own."""
    stack: list[str] = []
    has_own = any(as_text(_cell(sheet, row, column)) for row in rows)
    if not has_own:
        return []
    for row in rows:
        text = as_text(_cell(sheet, row, column))
        if not text and row != rows[-1]:
            text = _wide_heading(sheet, row, column)
        if text and text not in stack:
            stack.append(text)
    return stack


def _wide_heading(sheet: Sheet, row: int, column: int) -> str:
    """Return the heading to the left that spans this column; csv has no spans, there the nearest one counts."""
    for top, left, _bottom, right in sheet.areas_by_row.get(row, ()):
        if left <= column <= right:
            return as_text(_cell(sheet, top, left))
    if sheet.merged:
        return ""
    return next((text for left in range(column, -1, -1) if (text := as_text(_cell(sheet, row, left)))), "")


def _field_of_stack(stack: list[str]) -> Field | None:
    own = stack[-1]
    parent = field_of(stack[-2]) if len(stack) > 1 else None
    if plain_heading(own) not in NEEDS_PARENT:
        return field_of(own)
    if parent is Field.NUMBER and plain_heading(own).startswith("ngay"):
        return Field.SIGNED_ON
    if parent is Field.PRODUCER_AND_ADDRESS:
        return Field.PRODUCER
    if parent is None and len(stack) > 1:
        return field_of(f"{stack[-2]} {own}") or field_of(own)
    return parent or field_of(own)


def _cell(sheet: Sheet, row: int, column: int) -> object:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None

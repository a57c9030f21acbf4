"""Walk through a sheet: lines around the table, sections inside it, and its product rows."""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from shop.common.vietnamese import fold, normalise

from ..sheets.grid import Sheet
from ..spellings.products import split_producer_and_address
from ..spellings.texts import as_text
from ..taxonomy import LEADING_WORDS, find_group, group_of_code
from .entries import Edits, Entry
from .headers import Columns, read_header
from .headings import Field
from .problems import Problem
from .rows import read_entry
from .sections import ARABIC, ROMAN_OR_LETTER, RowKind, Section, classify, speaks_of_products

ENUMERATION = re.compile(r"\(?\s*(?:\d{1,2}|[a-h])\s*\)?(?:\s*=.*)?", re.IGNORECASE)
# Titles and signatures are short; whatever else stands there is not read for ever.
MAX_LINES, MAX_LINE_LENGTH, MAX_COUNTS = 200, 1000, 500
OUTLINE_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")


@dataclass
class Table:
    """What a sheet holds: the lines outside its table, the entries, the problems of rows that are no entry."""

    sheet: Sheet
    lines: list[str] = field(default_factory=list)
    closing_lines: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    # Rows that a person left out: read, and counted where headings count, and nothing more.
    skipped: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_header: bool = False


@dataclass
class _Walk:
    """Where the walk stands: the columns in force, the sections above, whether the signature was passed."""

    table: Table
    columns: Columns | None = None
    edits: Edits = field(default_factory=Edits)
    is_closed: bool = False
    # Sections in the order they were opened, one per kind; a new one closes those opened after its predecessor.
    open_sections: list[tuple[str, Section]] = field(default_factory=list)
    # Row, place among the entries (-1 for a total) and number of products it speaks of.
    counts: list[tuple[int, int, int]] = field(default_factory=list)
    section_starts: list[int] = field(default_factory=list)


def read_table(sheet: Sheet, edits: Edits | None = None) -> Table:
    """Return the table of a sheet; one without a header has no entries."""
    table = Table(sheet=sheet)
    walk = _Walk(table, edits=edits or Edits())
    row = 0
    while row < len(sheet.rows):
        columns = read_header(sheet, row)
        if columns:
            walk.columns, walk.is_closed, table.has_header = columns, False, True
            _fill_down(sheet, columns)
            row = columns.data_row
            continue
        _take_row(walk, row)
        row += 1
    _compare_counts(walk)
    table.skipped = [entry for entry in table.entries if (entry.sheet, entry.row) in walk.edits.skipped]
    table.entries = [entry for entry in table.entries if (entry.sheet, entry.row) not in walk.edits.skipped]
    return table


def _take_row(walk: _Walk, row: int) -> None:
    texts = [as_text(cell) for cell in walk.table.sheet.rows[row]]
    if walk.columns is None:
        _keep_line(walk.table.lines, texts)
        return
    if _is_enumeration(texts):
        return
    order, others = _parts(walk.columns, texts)
    kind, section = classify(
        order=order,
        others=others,
        product=_text_of(walk.columns, texts, Field.PRODUCT),
        producer=_text_of(walk.columns, texts, Field.PRODUCER) or _text_of(walk.columns, texts, Field.PRODUCER_AND_ADDRESS),
        has_order_column=Field.ORDER in walk.columns.fields,
    )
    if kind is RowKind.UNKNOWN and not order and _continues_products(walk, row, texts):
        kind = RowKind.PRODUCT
    if walk.is_closed and not (kind is RowKind.PRODUCT and ARABIC.fullmatch(order) and len(others) > 1):
        _keep_line(walk.table.closing_lines, texts)
    else:
        _take_kind(walk, row, kind, section, texts)


def _take_kind(walk: _Walk, row: int, kind: RowKind, section: Section | None, texts: list[str]) -> None:
    if kind is RowKind.PRODUCT:
        walk.is_closed = False
        _take_product(walk, row)
    elif kind is RowKind.SECTION and section:
        _open_section(walk, section, row)
        # «(Kèm theo Quyết định số …)» may stand under the table it belongs to.
        _keep_line(walk.table.closing_lines, texts if section.decision else [])
    elif kind is RowKind.TOTAL:
        _note_total(walk, _line(texts), row)
    elif kind is RowKind.SIGNATURE:
        walk.is_closed = True
        _keep_line(walk.table.closing_lines, texts)
    elif kind is RowKind.UNKNOWN:
        walk.table.problems.append(
            Problem("row_not_understood", row=row + 1, value=_line(texts)[:200], sheet=walk.table.sheet.name)
        )


def _keep_line(lines: list[str], texts: list[str]) -> None:
    if any(texts) and len(lines) < MAX_LINES:
        lines.append(_line(texts))


def _take_product(walk: _Walk, row: int) -> None:
    if walk.columns is None:
        return
    sheet = walk.table.sheet
    entry = read_entry(sheet=sheet, row=row, columns=walk.columns, corrections=walk.edits.cells.get((sheet.name, row + 1)))
    for kind, section in walk.open_sections:
        _take_from_section(entry, kind, section)
    walk.table.entries.append(entry)


def _take_from_section(entry: Entry, kind: str, section: Section) -> None:
    if kind == "stars":
        entry.section_stars = section.stars
    elif kind == "place" and section.place and section.place.province:
        entry.province = entry.province or section.place.province
    elif kind == "place" and section.place:
        entry.address = _complete_address(entry.address, section.place.address)
    elif kind == "producer" and not entry.producer_name:
        entry.producer_name, address = split_producer_and_address(section.producer)
        entry.address = entry.address or address
    elif kind == "group":
        entry.group = entry.group or _group_name(section.group)
    elif kind == "decision" and section.decision:
        entry.number = entry.number or section.decision.number
        entry.signed_on = entry.signed_on or section.decision.signed_on
        entry.authority = entry.authority or section.decision.authority


def _open_section(walk: _Walk, section: Section, row: int) -> None:
    for kind, value in (
        ("decision", section.decision),
        ("stars", section.stars),
        ("place", section.place),
        ("group", section.group),
        ("producer", section.producer),
    ):
        if not value:
            continue
        kinds = [opened for opened, _value in walk.open_sections]
        # «II. 3 sao» closes the districts that stood under «I. 4 sao».
        if kind in kinds:
            del walk.open_sections[kinds.index(kind) :]
        walk.open_sections.append((kind, section))
    walk.section_starts.append(len(walk.table.entries))
    if section.count is not None:
        walk.counts.append((row, len(walk.table.entries), section.count))


def _fill_down(sheet: Sheet, columns: Columns) -> None:
    """Copy a value down a merged range of the data; blanks outside one stay blank."""
    for top, left, bottom, _right in sheet.merged:
        if top < columns.data_row or left >= len(sheet.rows[top]):
            continue
        for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
            cells = sheet.rows[row]
            if left < len(cells) and cells[left] is None:
                cells[left] = sheet.rows[top][left]
                if (top, left) in sheet.formulas:
                    sheet.formulas.add((row, left))


def _parts(columns: Columns, texts: list[str]) -> tuple[str, list[str]]:
    """Return the order cell and the other texts; a heading written into the order column is a text."""
    order_column = columns.fields.get(Field.ORDER, -1)
    order = texts[order_column] if 0 <= order_column < len(texts) else ""
    others = [text for column, text in enumerate(texts) if text and column != order_column]
    if order and not ARABIC.fullmatch(order) and not ROMAN_OR_LETTER.fullmatch(order) and not OUTLINE_NUMBER.fullmatch(order):
        return "", [order, *others]
    return order, others


def _text_of(columns: Columns, texts: list[str], name: Field) -> str:
    column = columns.fields.get(name, -1)
    return texts[column] if 0 <= column < len(texts) else ""


def _continues_products(walk: _Walk, row: int, texts: list[str]) -> bool:
    """Say whether a lone name right under a product is one more: csv leaves its number and its producer blank."""
    product = _text_of(walk.columns, texts, Field.PRODUCT) if walk.columns else ""
    entries = walk.table.entries
    areas = walk.table.sheet.areas_by_row.get(row, ())
    is_heading = any(right > left for _top, left, _bottom, right in areas)
    follows = bool(entries) and entries[-1].row == row and not walk.is_closed
    return follows and not is_heading and bool(product) and not speaks_of_products(product)


def _is_enumeration(texts: list[str]) -> bool:
    """Say whether the row only numbers the columns: (1) (2) (3), A B C."""
    said = [text for text in texts if text]
    if len(said) < 3 or not all(ENUMERATION.fullmatch(text) for text in said):  # noqa: PLR2004
        return False
    numbers = [text.split("=")[0].strip("() ") for text in said]
    return all(number.isalpha() for number in numbers) or numbers[-3:] == [
        str(int(numbers[-1]) - step) for step in (2, 1, 0) if numbers[-1].isdigit()
    ]


def _complete_address(address: str, section_place: str) -> str:
    """Return the address with the district of its section, unless it names it already."""
    if not address:
        return section_place
    return address if fold(section_place) in fold(address) else f"{address}, {section_place}"


def _group_name(printed: str) -> str:
    match = find_group(printed) if printed else None
    if match is None:
        return ""
    official = group_of_code(match.code).name
    bare = LEADING_WORDS.sub("", normalise(printed))
    if fold(bare) == fold(official):
        return official
    return bare.capitalize() if bare.isupper() or bare.islower() else bare


def _note_total(walk: _Walk, text: str, row: int) -> None:
    if found := re.search(r"\b(\d{1,4})\b", fold(text)):
        walk.counts.append((row, -1, int(found[1])))


def _compare_counts(walk: _Walk) -> None:
    """Warn where a heading or a total counts other products than were read; a cell of several may count as several."""
    entries, starts = walk.table.entries, walk.section_starts
    # Products before each entry: a cell that lists three counts as three.
    products = list(accumulate((max(len(entry.variants), 1) for entry in entries), initial=0))
    for row, start, count in walk.counts[:MAX_COUNTS]:
        if start < 0:
            end = sum(1 for entry in entries if entry.row <= row)
            ranges = [(0, end), (max((begin for begin in starts if begin < end), default=0), end)]
        else:
            following = [begin for begin in starts if begin > start]
            ranges = [(start, end) for end in (*following, len(entries))]
        sizes = {end - begin for begin, end in ranges} | {products[end] - products[begin] for begin, end in ranges}
        if count not in sizes:
            found = str(ranges[0][1] - ranges[0][0])
            walk.table.problems.append(
                Problem("total_differs", row=row + 1, value=str(count), sheet=walk.table.sheet.name, facts={"found": found})
            )


def _line(texts: list[str]) -> str:
    return " ".join(text for text in texts if text)[:MAX_LINE_LENGTH]

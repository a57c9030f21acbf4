"""A bank's statement as banks export it: columns are found by their headings, each row is read or refused with a reason."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shop.common.vietnamese import fold
from shop.domain.certificates.sheets.grid import Cell, FileRefused, Sheet
from shop.domain.certificates.sheets.isolation import read_sheets
from shop.domain.certificates.spellings.days import DayUnreadable, read_day

from .bank_feed import LARGEST_MOVEMENT_VND, LONGEST_ID, LONGEST_MEMO

ROWS_MAX = 2000
HEADING_WITHIN = 40
# Asked in this order, so that «Số tiền ghi có» is a credit and no amount; texts are folded.
HEADINGS: dict[str, tuple[str, ...]] = {
    "reference": ("tham chieu", "ma giao dich", "ma gd", "so but toan", "so chung tu", "so ct", "reference", "transaction id"),
    "credit": ("ghi co", "phat sinh co", "tien vao", "so tien co", "credit"),
    "debit": ("ghi no", "phat sinh no", "tien ra", "so tien no", "debit"),
    "memo": ("noi dung", "dien giai", "mo ta", "description", "memo", "remark", "chi tiet"),
    "amount": ("so tien", "amount"),
    "date": ("ngay", "date", "thoi gian"),
}
TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?.*$")
GROUPED = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]0{1,2})?")
# Printed behind a number: it names the currency.
CURRENCY_SIGNS = re.compile(r"\s*(vnd|vnđ|đ|₫)\s*$", re.IGNORECASE)


class AmountUnreadable(ValueError):
    """No whole number of đồng."""


@dataclass(frozen=True)
class StatementRow:
    """One line of money that came; `problem` says in one word why it cannot be taken."""

    number: int
    reference: str
    amount_vnd: int
    memo: str
    day: date | None
    problem: str = ""


@dataclass(frozen=True)
class Statement:
    """What a file says: money that came, and how many lines tell of money that left."""

    rows: list[StatementRow]
    outgoing: int


def read_statement(*, path: Path, today: date) -> Statement:
    """Return the lines of a statement. Raises FileRefused: no list, or one without the columns that are needed."""
    for sheet in read_sheets(path=path):
        found = _find_heading(sheet)
        if found is not None:
            return _read_rows(sheet, *found, today=today)
    raise FileRefused("no_columns")


def read_amount(cell: Cell) -> int:
    """Return whole đồng, negative where the bank wrote so. Raises AmountUnreadable."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise AmountUnreadable(cell)
    if not isinstance(cell, str):
        if abs(cell) > LARGEST_MOVEMENT_VND or cell != int(cell):
            raise AmountUnreadable(cell)
        return int(cell)
    text = CURRENCY_SIGNS.sub("", cell.strip().replace("\xa0", " "))
    # Some banks print the minus behind the number.
    sign = -1 if text.startswith(("-", "(")) or text.endswith("-") else 1
    match = GROUPED.fullmatch(text.strip("+-() "))
    if not text.isascii() or match is None:
        raise AmountUnreadable(cell)
    return sign * int(re.sub(r"\D", "", match[1]))


def _find_heading(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row):
            name = _name_of(cell)
            if name:
                columns.setdefault(name, index)
        if {"reference", "memo", "date"} <= columns.keys() and columns.keys() & {"credit", "amount"}:
            return number, columns
    return None


def _name_of(cell: Cell) -> str:
    text = fold(cell) if isinstance(cell, str) else ""
    return next((name for name, words in HEADINGS.items() if any(word in text for word in words)), "")


def _read_rows(sheet: Sheet, heading: int, columns: dict[str, int], *, today: date) -> Statement:
    rows: list[StatementRow] = []
    seen: set[str] = set()
    outgoing = 0
    for index in range(heading + 1, len(sheet.rows)):
        cells = {name: _cell(sheet.rows[index], column) for name, column in columns.items()}
        if not any(cells.values()):
            continue
        if _is_outgoing(cells):
            outgoing += 1
            continue
        has_formula = any((index, column) in sheet.formulas for column in columns.values())
        row = _read_row(index + 1, cells, today=today, problem="formula" if has_formula else "")
        if not row.problem and row.reference in seen:
            row = StatementRow(row.number, row.reference, row.amount_vnd, row.memo, row.day, "twice")
        seen.add(row.reference)
        rows.append(row)
        if len(rows) > ROWS_MAX:
            raise FileRefused("too_many_rows", str(len(rows)))
    return Statement(rows, outgoing)


def _read_row(number: int, cells: dict[str, Cell], *, today: date, problem: str) -> StatementRow:
    reference, memo = _words(cells["reference"]), _words(cells["memo"])
    if not 0 < len(reference) <= LONGEST_ID:
        problem = problem or "no_reference"
    amount_vnd, amount_problem = _incoming(cells)
    day, day_problem = _day(cells["date"], today=today)
    return StatementRow(
        number, reference[:LONGEST_ID], amount_vnd, memo[:LONGEST_MEMO], day, problem or amount_problem or day_problem
    )


def _is_outgoing(cells: dict[str, Cell]) -> bool:
    """Money that left: a debit beside no credit, or a negative amount."""
    try:
        if "credit" in cells:
            return not _number(cells["credit"]) and bool(_number(cells.get("debit")))
        return _number(cells.get("amount")) < 0 or bool(_number(cells.get("debit")))
    except AmountUnreadable:
        return False


def _number(cell: Cell) -> int:
    return 0 if cell is None or (isinstance(cell, str) and cell.strip() in {"", "-"}) else read_amount(cell)


def _incoming(cells: dict[str, Cell]) -> tuple[int, str]:
    try:
        amount_vnd = _number(cells["credit"] if "credit" in cells else cells["amount"])
    except AmountUnreadable:
        return 0, "amount_unreadable"
    return (amount_vnd, "") if 0 < amount_vnd <= LARGEST_MOVEMENT_VND else (0, "amount_out_of_range")


def _day(cell: Cell, *, today: date) -> tuple[date | None, str]:
    try:
        day = cell if isinstance(cell, date) else read_day(TIME_OF_DAY.sub("", _words(cell)))
    except DayUnreadable:
        return None, "no_date"
    return (day, "") if day is not None and day <= today else (None, "in_future" if day else "no_date")


def _cell(row: list[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _words(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split()) if cell is not None else ""

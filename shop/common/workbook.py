"""Tables as sheets for a spreadsheet, in which nothing is ever run."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from .csv_text import harmless


def xlsx_bytes(rows: Iterable[Sequence[object]], *, title: str) -> bytes:
    """Return the rows as the only sheet of a workbook: numbers and days are such, everything else is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def text_cell(sheet: object, text: str) -> WriteOnlyCell:
    """A cell that is text whatever it begins with: openpyxl takes «=…» for a formula, as Excel does."""
    safe = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    cell = WriteOnlyCell(sheet, value=harmless(safe))
    cell.data_type = "s"
    return cell


def _cell(sheet: object, value: object) -> object:
    if isinstance(value, datetime):
        # A sheet knows no time zones: what it shows is the shop's time.
        return value.replace(tzinfo=None)
    if isinstance(value, int | float | Decimal | date):
        return value
    return text_cell(sheet, "" if value is None else str(value))

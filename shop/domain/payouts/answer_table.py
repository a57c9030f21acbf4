"""A bank's answer as a table of texts, from CSV or from a workbook; a workbook is opened in a process of its own."""

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from shop.domain.certificates.sheets.grid import Cell, FileRefused, Sheet
from shop.domain.certificates.sheets.isolation import read_sheets

LARGEST_BYTES = 1_000_000
MOST_ROWS = 5_000
# Every XLSX is a ZIP file, and no CSV begins like one.
WORKBOOK = b"PK\x03\x04"
Row = tuple[int, list[str]]


class NotATable(Exception):
    """Neither CSV in UTF-8 nor a workbook, or too large, or it holds formulas, which say one thing and mean another."""


def read_table(*, content: bytes) -> list[Row]:
    """Return the filled rows with the number a person sees before them. Raises NotATable."""
    if len(content) > LARGEST_BYTES:
        raise NotATable(len(content))
    rows = _workbook_rows(content) if content.startswith(WORKBOOK) else _csv_rows(content)
    filled = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    if not filled or len(filled) > MOST_ROWS:
        raise NotATable(len(filled))
    return filled


def _csv_rows(content: bytes) -> list[Row]:
    try:
        text = content.decode("utf-8-sig")
        if "\0" in text:
            raise NotATable
        first_line = text.split("\n", 1)[0]
        delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
        return list(enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1))
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotATable from error


def _workbook_rows(content: bytes) -> list[Row]:
    """The first sheet that has anything in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answer"
        path.write_bytes(content)
        try:
            sheets = read_sheets(path=path)
        except FileRefused as refusal:
            raise NotATable(refusal.code) from refusal
    sheet = next((sheet for sheet in sheets if any(any(row) for row in sheet.rows)), Sheet("", []))
    if sheet.formulas:
        raise NotATable("formula")
    return [(line, [_text(cell) for cell in row]) for line, row in enumerate(sheet.rows, start=1)]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)

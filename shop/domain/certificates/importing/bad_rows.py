"""The rows that are not written, as a list that can be corrected in a spreadsheet and brought again."""

import io
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from openpyxl import Workbook

from shop.common.csv_text import csv_text
from shop.common.workbook import text_cell
from shop.domain.people.actor import Actor

from ..annexes.problems import COLUMN_NAMES, Problem
from ..models import ImportRow, ImportRun
from .rows import EDITABLE
from .runs import record_import

# The headings of official lists, whatever language the page is in; the reader passes over the last one.
ORDER, REASON = "TT", "Cần sửa"
WIDE, NARROW = 32, 16


@transaction.atomic
def export_bad_rows(*, run: ImportRun, as_text: bool, actor: Actor, now: datetime) -> bytes:
    """Return the rows with errors as CSV or XLSX, corrections in it, with what is wrong; who took them is recorded."""
    table = list(_table(run))
    record_import(run, "downloaded", actor=actor, now=now, what="bad_rows", rows=len(table) - 1)
    return csv_text(table).encode() if as_text else _workbook(table)


def _table(run: ImportRun) -> Iterator[list[str]]:
    yield [ORDER, *(COLUMN_NAMES[name] for name in EDITABLE), REASON]
    for row in run.rows.filter(rank=ImportRow.Rank.ERROR).order_by("position"):
        problems = [Problem.from_stored(stored) for stored in row.problems]
        reason = "; ".join(problem.sentence for problem in problems if problem.is_error)
        yield [str(row.row), *(row.cells.get(name, "") for name in EDITABLE), reason]


def _workbook(table: list[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Cần sửa")
    for place in range(len(table[0])):
        letter = chr(ord("A") + place)
        sheet.column_dimensions[letter].width = WIDE if place in {1, 2, 3, len(table[0]) - 1} else NARROW
    for cells in table:
        sheet.append([text_cell(sheet, text) for text in cells])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()

"""The lists that mutants are made of, taken apart and put together again with fixed dates, so that a seed is a file."""

import io
import warnings
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from shop.domain.certificates.sheets.child import read_file
from shop.domain.certificates.sheets.grid import Cell, Sheet

SHIPPED = settings.BASE_DIR / "shop" / "demo" / "data" / "decisions"
OLD_KIND = settings.BASE_DIR / "tests" / "domain" / "certificates" / "sheets" / "lists" / "lam-dong.xls"
LISTS = (*sorted(SHIPPED.iterdir()), OLD_KIND)
WORKBOOKS = tuple(path for path in LISTS if path.suffix == ".xlsx")
TEXTS = tuple(path for path in LISTS if path.suffix == ".csv")
SHEET = "xl/worksheets/sheet1.xml"
# The first day a zip archive can name.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
Parts = dict[str, bytes]


@cache
def _parts(path: Path) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(path) as archive:
        return tuple((entry.filename, archive.read(entry)) for entry in archive.infolist())


def parts_of(path: Path) -> Parts:
    """The files inside a workbook."""
    return dict(_parts(path))


def pack(parts: Parts | list[tuple[str, bytes]]) -> bytes:
    """A zip archive of these files; a list may name one twice."""
    written = io.BytesIO()
    # That a name comes twice is meant.
    with zipfile.ZipFile(written, "w") as archive, warnings.catch_warnings(action="ignore"):
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            # ZipInfo would mend backslashes and nulls; a hostile archive keeps them.
            entry = zipfile.ZipInfo("x", LONG_AGO)
            entry.filename = name
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


@cache
def _sheets(path: Path) -> tuple[Sheet, ...]:
    return tuple(read_file(path))


def sheet_of(path: Path) -> Sheet:
    """The first sheet of a list, to be changed freely."""
    sheet = _sheets(path)[0]
    return replace(sheet, rows=[list(row) for row in sheet.rows], merged=list(sheet.merged))


def workbook(sheet: Sheet) -> bytes:
    """The sheet as an xlsx of the shipped kind."""
    parts = parts_of(WORKBOOKS[0])
    rows = "".join(f'<row r="{number}">{_xlsx_cells(cells, number)}</row>' for number, cells in enumerate(sheet.rows, 1))
    merged = "".join(f'<mergeCell ref="{place(top, left)}:{place(bottom, right)}"/>' for top, left, bottom, right in sheet.merged)
    content = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData>{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )
    return pack({**parts, SHEET: content.encode("utf-8", "replace")})


def _xlsx_cells(cells: list[Cell], number: int) -> str:
    return "".join(_xlsx_cell(cell, place(number - 1, column)) for column, cell in enumerate(cells) if cell is not None)


def _xlsx_cell(cell: Cell, where: str) -> str:
    if isinstance(cell, bool):
        return f'<c r="{where}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{where}"><v>{cell}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{where}" t="d"><v>{cell.isoformat()}</v></c>'
    if str(cell).startswith("="):
        return f'<c r="{where}"><f>{escape(str(cell)[1:])}</f><v>5</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(str(cell))}</t></is></c>'


def place(row: int, column: int) -> str:
    """The name of a cell, counted from 0: (0, 27) is AB1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"

"""Read xlsx, xls and ods with calamine; find the formulas it does not tell of."""

from datetime import date
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from .container import Kind
from .formulas import formulas_of_ods, formulas_of_xls, formulas_of_xlsx
from .grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, FileRefused, Sheet

MAX_MERGED_ROWS = 10 * MAX_ROWS
FORMULAS_OF = {Kind.XLSX: formulas_of_xlsx, Kind.XLS: formulas_of_xls, Kind.ODS: formulas_of_ods}


def read_workbook(*, path: Path, kind: Kind) -> list[Sheet]:
    """Return the worksheets of a workbook in their order."""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            sheets = [
                _read_sheet(workbook, metadata, kind)
                for metadata in workbook.sheets_metadata
                if metadata.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise FileRefused("encrypted") from error
    except (CalamineError, ValueError, OSError, KeyError, IndexError) as error:
        raise FileRefused("damaged", str(error)) from error
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise FileRefused("too_many_rows")
    formulas = FORMULAS_OF[kind](path)
    for index, sheet in enumerate(sheets):
        sheet.formulas = formulas.get(sheet.name, formulas.get(index, set()))
    return sheets


def _read_sheet(workbook: CalamineWorkbook, metadata: SheetMetadata, kind: Kind) -> Sheet:
    name, is_hidden = metadata.name, metadata.visible != SheetVisibleEnum.Visible
    source: CalamineSheet = workbook.get_sheet_by_name(name)
    if source.end is None:
        return Sheet(name=name, rows=[], is_hidden=is_hidden)
    height, width = source.end[0] + 1, source.end[1] + 1
    if height > MAX_ROWS or width > MAX_COLUMNS or height * width > MAX_CELLS:
        raise FileRefused("too_many_rows", f"{name}: {height} × {width}")
    rows = [[_cell(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    # A blank in an ods is a blank: the format knows merged cells, calamine does not report them.
    ranges = [] if kind is Kind.ODS else source.merged_cell_ranges or []
    merged = [(top, left, min(bottom, height - 1), right) for (top, left), (bottom, right) in ranges if top < height]
    # Thousands of ranges over thousands of rows are no layout.
    if sum(bottom - top + 1 for top, _left, bottom, _right in merged) > MAX_MERGED_ROWS:
        raise FileRefused("too_many_rows", f"{name}: merged")
    return Sheet(name=name, rows=rows, merged=merged, is_hidden=is_hidden)


def _cell(value: object) -> Cell:
    if value == "":
        return None
    if isinstance(value, str | bool | int | float | date):
        return value
    return str(value)

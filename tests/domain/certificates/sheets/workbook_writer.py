"""Write sheets as files of every kind an office sends, and as the files nobody should open."""

import csv
import io
import unicodedata
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import openpyxl

CONTENT_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.3"><office:body><office:spreadsheet>'
)
CONTENT_END = "</office:spreadsheet></office:body></office:document-content>"
QUOTES = {'"': "&quot;"}
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def write_xlsx(path, sheet):
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.title = sheet.name
    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell is not None:
                page.cell(row, column, cell)
                # openpyxl takes text that begins with = for a formula, as Excel does.
    for top, left, bottom, right in sheet.merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    workbook.save(path)
    return path


def write_csv(path, sheet, *, separator=";", encoding="utf-8-sig"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([[_as_typed(cell) for cell in cells] for cells in sheet.rows])
    path.write_bytes(_encode(text.getvalue(), encoding))
    return path


def write_ods(path, sheet):
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>" for cells in sheet.rows)
    content = f'{CONTENT_START}<table:table table:name="{escape(sheet.name)}">{rows}</table:table>{CONTENT_END}'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path


def write_archive(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _ods_cell(cell):
    if cell is None:
        return "<table:table-cell/>"
    kind = "string"
    if isinstance(cell, str) and cell.startswith("="):
        kind = f'string" table:formula="of:{escape(cell, QUOTES)}'
    elif isinstance(cell, date):
        kind = f'date" office:date-value="{cell.isoformat()}'
    elif isinstance(cell, int | float):
        kind = f'float" office:value="{cell}'
    return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def _as_typed(cell):
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _encode(text, encoding):
    """cp1258 keeps tone marks as characters of their own."""
    if encoding != "cp1258":
        return text.encode(encoding)

    out = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
            shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in tones))
            # What the code page has not, an old program wrote as a question mark.
            out += (shape + "".join(tones)).encode("cp1258", errors="replace")
    return bytes(out)

"""Find cells that hold a formula: their value is whatever the last program wrote, so nobody vouches for it."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from .compound import read_stream
from .grid import FileRefused

Places = set[tuple[int, int]]

OFFICE_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# A cell with its reference, up to the formula inside it; prefixes of namespaces are optional.
XLSX_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?f[\s>/]", re.DOTALL
)
BOUND_SHEET, FORMULA, BEGIN_OF_FILE, END_OF_FILE = 0x0085, 0x0006, 0x0809, 0x000A
UNICODE_FLAG = 1


def formulas_of_xlsx(path: Path) -> dict[str | int, Places]:
    """Return the places of formulas by sheet name."""
    with zipfile.ZipFile(path) as archive:
        found: dict[str | int, Places] = {}
        for name, part in _sheet_parts(archive):
            content = archive.read(part)
            if b"<f" in content or b":f" in content:
                found[name] = {(int(row) - 1, _column_index(letters)) for letters, row in XLSX_FORMULA.findall(content)}
        return found


def formulas_of_ods(path: Path) -> dict[str | int, Places]:
    """Return the places of formulas by sheet name; repeated rows and columns are counted, not copied."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml")
    if b"formula" not in content:
        return {}
    found: dict[str | int, Places] = {}
    for table in _parse(content).iter(f"{TABLE}table"):
        places: Places = set()
        row_number = 0
        for row in table.iter(f"{TABLE}table-row"):
            column = 0
            for cell in row:
                if f"{TABLE}formula" in cell.attrib:
                    places.add((row_number, column))
                column += int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            row_number += int(row.get(f"{TABLE}number-rows-repeated", "1"))
        found[table.get(f"{TABLE}name", "")] = places
    return found


def formulas_of_xls(path: Path) -> dict[str | int, Places]:
    """Return the places of formulas by sheet index, from the records of the workbook stream."""
    stream = read_stream(path.read_bytes(), ("Workbook", "Book"))
    starts = [int.from_bytes(body[:4], "little") for kind, body in _records(stream, 0) if kind == BOUND_SHEET]
    return {
        index: {
            (int.from_bytes(body[:2], "little"), int.from_bytes(body[2:4], "little"))
            for kind, body in _records(stream, start)
            if kind == FORMULA
        }
        for index, start in enumerate(starts)
    }


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    names = set(archive.namelist())
    relations = {}
    if "xl/_rels/workbook.xml.rels" in names:
        for relation in _parse(archive.read("xl/_rels/workbook.xml.rels")):
            relations[relation.get("Id")] = (relation.get("Target") or "").removeprefix("/xl/")
    for element in _parse(archive.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet"):
            part = f"xl/{relations.get(element.get(OFFICE_RELATION), '')}"
            if part in names:
                yield element.get("name") or "", part


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, up to its end mark."""
    position, depth = start, 0
    while position + 4 <= len(stream):
        kind = int.from_bytes(stream[position : position + 2], "little")
        size = int.from_bytes(stream[position + 2 : position + 4], "little")
        yield kind, stream[position + 4 : position + 4 + size]
        depth += (kind == BEGIN_OF_FILE) - (kind == END_OF_FILE)
        position += 4 + size
        if depth <= 0:
            return


def _parse(content: bytes) -> Element:
    try:
        return fromstring(content)
    except (ParseError, ValueError) as error:
        raise FileRefused("damaged", str(error)) from error


def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1

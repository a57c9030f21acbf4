"""Read text in columns: whatever encoding and separator an office's program wrote."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, FileRefused, Sheet

SEPARATORS = (";", "\t", ",", "|")
SAMPLE_RECORDS = 100
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Excel's own line that names the separator; it does not show it as a row.
SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(*, path: Path) -> list[Sheet]:
    """Return the one sheet of a text file; record n is row n, as a spreadsheet program shows it."""
    text = decode_text(path.read_bytes())
    if CONTROL.search(text):
        raise FileRefused("not_a_list", "binary")
    declared = SEPARATOR_LINE.match(text)
    separator = declared[1] if declared else _most_telling_separator(text)
    rows = _read_records(text[declared.end() :] if declared else text, separator)
    return [Sheet(name=path.stem, rows=[[cell or None for cell in row] for row in rows])]


def decode_text(data: bytes) -> str:
    """Return the text in composed letters: UTF-8, UTF-16 or Windows' Vietnamese code page with its combining marks."""
    for encoding in _likely_encodings(data):
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise FileRefused("encoding_unknown")


def _likely_encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    sample = data[:4000]
    # Without a mark: in UTF-16 every other byte of separators, digits and plain letters is zero.
    if sample[1::2].count(0) > len(sample) // 8:
        return ("utf-16-le",)
    if sample[::2].count(0) > len(sample) // 8:
        return ("utf-16-be",)
    return ("utf-8", "cp1258")


def _most_telling_separator(text: str) -> str:
    return max(SEPARATORS, key=lambda separator: _column_evidence(text, separator))


def _column_evidence(text: str, separator: str) -> int:
    """Say how many cells line up: records of the commonest width, times their separators."""
    widths: Counter[int] = Counter()
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if number >= SAMPLE_RECORDS:
                break
            if len(record) > 1:
                widths[len(record)] += 1
    except csv.Error:
        return -1
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _read_records(text: str, separator: str) -> list[list[str]]:
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise FileRefused("quotes_open", str(error)) from error
    # A name that begins with a quoted word is not worth a refusal.
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise FileRefused("damaged", str(error)) from error


def _bounded(records: Iterable[list[str]]) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    for record in records:
        rows.append(record)
        cells += len(record)
        if len(rows) > MAX_ROWS or cells > MAX_CELLS or len(record) > MAX_COLUMNS:
            raise FileRefused("too_many_rows", str(len(rows)))
    return rows

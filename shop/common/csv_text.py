"""Tables as CSV that a spreadsheet opens and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

# Excel reads UTF-8 only behind this mark.
BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so is run as a formula by some spreadsheet; an apostrophe in front makes it text.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as CSV with a byte order mark; texts that would run are made texts."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" \xa0").startswith(RUNS) else text


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    # Numbers of ours stay numbers, minus sign and all.
    return value if isinstance(value, int | float | Decimal) else harmless(str(value))

"""How a file of the open data is written: CSV for spreadsheets, JSON for programs, and the schema of both."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import IO, Any

from django.conf import settings

from .registry_rows import Column, Dataset

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CSV, JSON = "csv", "json"
FORMATS = (CSV, JSON)
# A spreadsheet takes a cell that begins so for a formula; OWASP's list.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
HARMLESS = "'"
# Without it Excel takes Vietnamese letters for another alphabet.
BYTE_ORDER_MARK = "\ufeff"


class HashingWriter:
    """Writes text to a binary file, and knows afterwards how much it was and its digest."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = sha256()
        self.size_bytes = 0

    def write(self, text: str) -> int:
        written = text.encode()
        self._target.write(written)
        self._digest.update(written)
        self.size_bytes += len(written)
        return len(text)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def write_rows(dataset: Dataset, *, kind: str, as_of: date, target: HashingWriter) -> int:
    """Write all rows of a dataset as they stand on `as_of`; returns how many."""
    records = dataset.records(as_of=as_of)
    return _write_csv(dataset, records, target) if kind == CSV else _write_json(dataset, records, as_of, target)


def cell(value: Any) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula: such a text gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return HARMLESS + text if text.startswith(FORMULA_SIGNS) else text


def schema_of(dataset: Dataset) -> dict[str, Any]:
    """Return the JSON Schema of a dataset's JSON file; its columns are those of the CSV file, in the same order."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_url(dataset),
        "title": dataset.name,
        "type": "object",
        "required": ["schema", "licence", "source", "as_of", "rows"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": schema_url(dataset)},
            "licence": {"const": LICENCE},
            "source": {"type": "string", "format": "uri"},
            "as_of": {"type": "string", "format": "date"},
            "rows": {"type": "array", "items": _row_schema(dataset.columns)},
        },
    }


def schema_url(dataset: Dataset) -> str:
    """Return where the schema of a dataset is served."""
    return f"{settings.BASE_URL}/du-lieu-mo/{dataset.name}.schema.json"


def _row_schema(columns: tuple[Column, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [column.name for column in columns],
        "additionalProperties": False,
        "properties": {
            column.name: {**column.schema, "description": f"{column.meaning} / {column.meaning_en}"} for column in columns
        },
    }


def _write_csv(dataset: Dataset, records: Iterator[dict[str, Any]], target: HashingWriter) -> int:
    target.write(BYTE_ORDER_MARK)
    writer = csv.writer(target)
    writer.writerow([column.name for column in dataset.columns])
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007 -- counted while it streams
        writer.writerow([cell(value) for value in record.values()])
    return count


def _write_json(dataset: Dataset, records: Iterator[dict[str, Any]], as_of: date, target: HashingWriter) -> int:
    """One row a line: a program that streams needs no more than a line at a time."""
    head = {"schema": schema_url(dataset), "licence": LICENCE, "source": settings.BASE_URL, "as_of": as_of.isoformat()}
    target.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": [')
    count = 0
    for count, record in enumerate(records, start=1):
        target.write((",\n" if count > 1 else "\n") + json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    target.write("\n]}\n")
    return count

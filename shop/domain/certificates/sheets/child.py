"""The process that opens the file: limits first, then reading, then one JSON object on standard output."""

import json
import resource
import sys
from pathlib import Path

from .container import Kind, recognise
from .delimited import read_delimited
from .grid import FileRefused, Sheet, sheet_to_json
from .workbooks import read_workbook

MEMORY_BYTES = 384 * 1024 * 1024
CPU_SECONDS = 20


def main(path: str) -> None:
    """Read the file and print its sheets, or why it is refused."""
    limit_resources()
    answer: dict[str, object]
    try:
        answer = {"sheets": [sheet_to_json(sheet) for sheet in read_file(Path(path))]}
    except FileRefused as refusal:
        answer = {"refused": refusal.code, "detail": refusal.detail}
    except MemoryError:
        answer = {"refused": "too_much_memory", "detail": ""}
    except Exception as error:  # noqa: BLE001 -- whatever a hostile file provokes is a reason to refuse it
        answer = {"refused": "damaged", "detail": f"{type(error).__name__}: {error}"}
    json.dump(answer, sys.stdout)


def limit_resources() -> None:
    """Bound memory, processor time, files and core dumps of this process, for good."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def read_file(path: Path) -> list[Sheet]:
    """Return the sheets of a file of any of the four kinds."""
    kind = recognise(path)
    if kind is Kind.TEXT:
        return read_delimited(path=path)
    return read_workbook(path=path, kind=kind)

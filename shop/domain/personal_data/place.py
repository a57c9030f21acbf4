"""One place where personal data lies: which columns, what the person is shown of it, and what becomes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .person import Person

Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """`columns` names the columns of each table, with spaces between; `export` is None where nothing is told twice."""

    name: str
    columns: Mapping[str, str]
    erase: Callable[[Person, datetime], None]
    export: Callable[[Person], list[Row]] | None = None

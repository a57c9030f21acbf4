"""What a paper is made of, top to bottom; texts only, in the language of the paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Party:
    """Somebody the paper names: a heading and lines below it."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Row:
    """One row of a table; `note` stands small below the first cell."""

    cells: Sequence[str]
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A caption, a heading repeated on each page, and rows; `widths` are shares of the page, numbers stand at the right."""

    caption: str
    heading: Sequence[str]
    rows: Sequence[Row]
    widths: Sequence[float]


@dataclass(frozen=True)
class Sum:
    """One line of the reckoning."""

    label: str
    amount: str
    is_total: bool = False


@dataclass(frozen=True)
class Document:
    """A whole paper."""

    title: str
    language: str
    issuer: Sequence[str]
    facts: Sequence[str]
    parties: Sequence[Party] = ()
    tables: Sequence[Table] = ()
    sums: Sequence[Sum] = ()
    notes: Sequence[str] = field(default_factory=tuple)

"""One product row of an annex, with everything the file says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..spellings.stars import StarReading
from .problems import Problem, column_name


@dataclass(frozen=True)
class Given:
    """What the person adds because the file does not say it."""

    authority: str = ""
    number: str = ""
    signed_on: date | None = None
    stars: int | None = None
    province: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Edits:
    """What a person changed while checking: cells by (sheet, row) and field, and rows that are left out."""

    cells: Mapping[tuple[str, int], Mapping[str, str]] = field(default_factory=dict)
    skipped: frozenset[tuple[str, int]] = frozenset()


@dataclass
class Entry:
    """A product row. Empty fields were not said; `problems` holds what is wrong with this row."""

    sheet: str
    row: int
    product_name: str = ""
    variants: tuple[str, ...] = ()
    producer_name: str = ""
    address: str = ""
    # As printed, of before or after the reform.
    province: str = ""
    province_code: str = ""
    group: str = ""
    stars: int | None = None
    section_stars: StarReading | None = None
    score: Decimal | None = None
    product_code: str = ""
    form: str = ""
    note: str = ""
    number: str = ""
    signed_on: date | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    authority: str = ""
    # The day the decision itself bears in the file's title, whatever the row prints.
    title_day: date | None = None
    # The earlier row that says the same, when there is one.
    repeats: "Entry | None" = None
    # Texts of the cells that made the fields above, by field name, and the headings over them.
    printed: dict[str, str] = field(default_factory=dict)
    # Fields whose cell a person corrected: nothing else in the file speaks against them.
    corrected: frozenset[str] = frozenset()
    headings: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_error(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def report(self, code: str, field_name: str = "", value: str | None = None, **facts: object) -> None:
        """Note a problem of this row, in the column of the field."""
        shown = self.printed.get(field_name, "") if value is None else value
        self.problems.append(
            Problem(
                code=code,
                row=self.row,
                column=self.headings.get(field_name, "") or _name_of(field_name),
                value=shown,
                sheet=self.sheet,
                facts={name: str(fact) for name, fact in facts.items()},
            )
        )


def _name_of(field_name: str) -> str:
    return column_name(field_name) if field_name else ""

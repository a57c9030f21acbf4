"""The one table, as text that reads in a terminal and in the README."""

from dataclasses import dataclass, field

from .operation import Goal

COLUMNS = {
    "statements": "statements",
    "python_ms": "Python ms",
    "postgres_ms": "PostgreSQL ms",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
    "rate_alone": "/s at 1",
    "rate_many": "/s at 8",
}
REACHED, MISSED = "✓", "✗"


@dataclass
class Row:
    """Figures of one operation with so many products; a figure that was not measured is not there."""

    name: str
    products: int | None = None
    figures: dict[str, float] = field(default_factory=dict)
    goals: tuple[Goal, ...] = ()
    remarks: list[str] = field(default_factory=list)

    @property
    def missed(self) -> list[str]:
        return [remark for remark in self.remarks if remark.endswith(MISSED)] + [
            self._verdict(goal) for goal in self.goals if not goal.is_reached(self.figures[goal.figure])
        ]

    def cells(self) -> list[str]:
        """Return the row's text, column by column."""
        verdicts = [self._verdict(goal) for goal in self.goals if goal.figure in self.figures]
        return [
            self.name,
            f"{self.products:,}" if self.products else "",
            *(written(self.figures.get(figure)) for figure in COLUMNS),
            ", ".join([*verdicts, *self.remarks]),
        ]

    def _verdict(self, goal: Goal) -> str:
        mark = REACHED if goal.is_reached(self.figures[goal.figure]) else MISSED
        return f"{COLUMNS[goal.figure]} {goal} {mark}"


def written(value: float | None) -> str:
    """Write a figure with as many digits as mean something."""
    if value is None:
        return "–"
    if value >= 100 or value == int(value):  # noqa: PLR2004  three digits are enough
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def lay_out(rows: list[Row]) -> list[str]:
    """Return the lines of the table."""
    cells = [["operation", "products", *COLUMNS.values(), "goal"], *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    lines = ["| " + " | ".join(_fitted(place, cell, widths[place]) for place, cell in enumerate(line)) + " |" for line in cells]
    marks = ["-" * width if place in {0, len(widths) - 1} else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return [lines[0], "| " + " | ".join(marks) + " |", *lines[1:]]


def _fitted(place: int, cell: str, width: int) -> str:
    is_text = place in {0, len(COLUMNS) + 2}
    return cell.ljust(width) if is_text else cell.rjust(width)

"""How much of the bench is run."""

from dataclasses import dataclass

from .operations import JOBS, OPERATIONS

NAMES = tuple(each.name for each in (*OPERATIONS, *JOBS))


class UnknownName(Exception):
    """A row that the table does not have."""


@dataclass(frozen=True)
class Extent:
    """Numbers of products, seconds of visiting, and the rows wanted; no names are all rows."""

    sizes: tuple[int, ...]
    seconds: float
    is_quick: bool
    only: frozenset[str] = frozenset()

    def covers(self, name: str) -> bool:
        """Say whether this row is wanted."""
        return not self.only or name in self.only


def chosen(text: str) -> frozenset[str]:
    """Read names with semicolons between, for names have commas; raises UnknownName."""
    names = frozenset(name.strip() for name in text.split(";") if name.strip())
    if unknown := names - set(NAMES):
        raise UnknownName(", ".join(sorted(unknown)))
    return names

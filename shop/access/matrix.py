"""The published access matrix: every address of the shop with the row that opens it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from .declare import Access
from .rows import row_of


@dataclass(frozen=True)
class Address:
    """One URL pattern; `row` is None where nobody said who may open it."""

    pattern: str
    name: str
    row: Access | None

    def as_json(self) -> dict[str, Any]:
        """The line of `list_urls --json`."""
        row = self.row or Access(roles=(), methods=(), writes=(), owner=None)
        return {
            "pattern": self.pattern,
            "name": self.name,
            "methods": list(row.methods),
            "roles": list(row.roles),
            "owner": row.owner,
            "writes": list(row.writes),
        }


def list_addresses() -> list[Address]:
    """Every URL pattern in the order of the URLconf, in the Vietnamese form (English stands under /en/)."""
    with override("vi"):
        return list(_walk(get_resolver().url_patterns, "/", ()))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            name = ":".join([*namespaces, pattern.name or ""])
            yield Address(pattern=path, name=name, row=row_of(pattern.callback, name))

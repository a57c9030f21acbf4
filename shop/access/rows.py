"""The row of the access matrix that belongs to a URL: declared on its view, or written down for other people's views."""

from typing import Any

from .declare import Access
from .third_party import THIRD_PARTY, THIRD_PARTY_NAMESPACES


def row_of(view: Any, name: str) -> Access | None:
    """The row of a view reached under `name` (with its namespace); None where nobody declared one."""
    declared = getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
    return declared or THIRD_PARTY.get(name) or THIRD_PARTY_NAMESPACES.get(name.partition(":")[0])

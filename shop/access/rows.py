"""The row of the access matrix that belongs to a URL: declared on its view, or written down for other people's views."""

from typing import Any

from .declare import Access
from .third_party import THIRD_PARTY, THIRD_PARTY_ENDINGS, THIRD_PARTY_NAMESPACES


def row_of(view: Any, name: str) -> Access | None:
    """The row of a view reached under `name` (with its namespace); None where nobody declared one."""
    declared = getattr(view, "access", None) or getattr(getattr(view, "view_class", None), "access", None)
    return declared or THIRD_PARTY.get(name) or _row_of_namespace(name)


def _row_of_namespace(name: str) -> Access | None:
    namespace = name.partition(":")[0]
    endings, row_of_endings = THIRD_PARTY_ENDINGS.get(namespace, ((), None))
    return row_of_endings if name.endswith(endings) else THIRD_PARTY_NAMESPACES.get(namespace)

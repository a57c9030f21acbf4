"""Every view says who may open it; what says nothing is refused (see `access.middleware`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

ROLES = (
    "anonymous",
    "consumer",
    "producer_owner",
    "producer_orders",
    "producer_listings",
    "producer_money",
    "buyer",
    "approver",
    "accountant",
    "company_admin",
    "officer",
    "staff",
)
EVERYBODY = ROLES
# Whoever has an account.
PEOPLE = tuple(role for role in ROLES if role != "anonymous")


@dataclass(frozen=True)
class Access:
    """One row of the published matrix, less its URL."""

    roles: tuple[str, ...]
    methods: tuple[str, ...]
    writes: tuple[str, ...]
    owner: str | None


def access(
    *, roles: Iterable[str], methods: Iterable[str] = ("GET",), writes: Iterable[str] = (), owner: str | None = None
) -> Callable[[Any], Any]:
    """Declare a view's row: who, by which methods, which of them write, and whose object (`"parcel.producer"`)."""
    row = Access(roles=tuple(roles), methods=tuple(methods), writes=tuple(writes), owner=owner)
    unknown = set(row.roles) - set(ROLES)
    if unknown:
        raise UnknownRole(unknown)

    def declare(view: Any) -> Any:
        view.access = row
        return view

    return declare


class UnknownRole(Exception):
    """A view names a role that the closed list does not have."""

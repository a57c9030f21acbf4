"""What must always be true of stock, orders and money, each as one SQL query that finds what breaks it.

A query returns (what, detail) for every broken row. The names read as the sentence that is broken.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction

from .books import BOOKS
from .orders import ORDERS
from .payments import PAYMENTS
from .payouts import PAYOUTS
from .returns import RETURNS
from .settlement import SETTLEMENT
from .stars import STARS
from .stock import STOCK
from .vouchers import VOUCHERS

INVARIANTS: Mapping[str, str] = {
    **(STOCK | ORDERS | STARS),
    **(PAYMENTS | BOOKS | SETTLEMENT | PAYOUTS),
    **(VOUCHERS | RETURNS),
}


@dataclass(frozen=True)
class Break:
    """One row for which an invariant does not hold."""

    invariant: str
    what: str
    detail: str


def broken_invariants() -> list[Break]:
    """Return every break. Each invariant is one statement, so it sees one moment even while the shop sells."""
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        # Over a year's orders a check takes longer than a page may.
        cursor.execute("SET LOCAL statement_timeout = 0")
        for invariant, query in INVARIANTS.items():
            cursor.execute(query)
            found += [Break(invariant, what, detail) for what, detail in cursor.fetchall()]
    return found

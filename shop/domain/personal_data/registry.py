"""The one list of where personal data lies. A text column of the database stands here or in `harmless`; a test asks."""

from collections.abc import Iterator

from .place import Place
from .places import account, acts, bank_accounts, cases, messages, orders, traces, wishes

# In this order: what finds other rows is read before it goes; the account is last.
PLACES: tuple[Place, ...] = (
    *wishes.PLACES,
    *cases.PLACES,
    *messages.PLACES,
    *orders.PLACES,
    *traces.PLACES,
    *acts.PLACES,
    *bank_accounts.PLACES,
    *account.PLACES,
)


def personal_columns() -> Iterator[tuple[str, str]]:
    """Every (table, column) that holds personal data of shoppers."""
    for place in PLACES:
        for table, columns in place.columns.items():
            for column in columns.split():
                yield table, column

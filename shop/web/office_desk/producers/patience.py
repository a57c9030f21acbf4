"""Acts that take several transactions: whichever of them waited too long for a lock, the answer is the same."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from shop.domain.ordering.locking import BUSY_STATES, ShopBusy


@contextmanager
def not_waiting_long() -> Iterator[None]:
    """Raise ShopBusy for a lock that did not come within the connection's five seconds."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) in BUSY_STATES:
            raise ShopBusy from error
        raise

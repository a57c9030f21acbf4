"""A gate per row through which many may pass together, and which one may shut: for rare acts amid many readers.

Row locks do this unfairly: whoever wants a row alone (`FOR UPDATE`) waits until nobody shares it (`FOR SHARE`), and in a
rush somebody always does. Advisory locks queue: who comes after the one that shuts the gate waits behind it.
"""

from collections.abc import Iterable
from zlib import crc32

from django.db import connection

BITS_OF_AN_ID = 32


def pass_gates(*, kind: str, ids: Iterable[int]) -> None:
    """Keep these gates from being shut until this transaction ends; taken in the order of the ids."""
    _lock("SELECT pg_advisory_xact_lock_shared(gate) FROM unnest(%s::bigint[]) AS gate", kind, ids)


def shut_gates(*, kind: str, ids: Iterable[int]) -> None:
    """Wait for those who are inside, let nobody in until this transaction ends; taken in the order of the ids."""
    _lock("SELECT pg_advisory_xact_lock(gate) FROM unnest(%s::bigint[]) AS gate", kind, ids)


def _lock(query: str, kind: str, ids: Iterable[int]) -> None:
    # One number space for the whole database: the kind in the upper half, the row in the lower one.
    upper = (crc32(kind.encode()) >> 1) << BITS_OF_AN_ID
    gates = [upper | (pk % (1 << BITS_OF_AN_ID)) for pk in sorted(set(ids))]
    if gates:
        with connection.cursor() as cursor:
            cursor.execute(query, [gates])

"""A gate per row through which many may pass together, and which one may shut: for rare acts amid many readers.

Row locks do this unfairly: whoever wants a row alone (`FOR UPDATE`) waits until nobody shares it (`FOR SHARE`), and in a
rush somebody always does. Advisory locks queue: who comes after the one that shuts the gate waits behind it.
"""

from collections.abc import Iterable, Sequence
from zlib import crc32

from django.db import connection

BITS_OF_AN_ID = 32
SHARE = "SELECT pg_advisory_xact_lock_shared(gate) FROM unnest(%s::bigint[]) AS gate"
ALONE = "SELECT pg_advisory_xact_lock(gate) FROM unnest(%s::bigint[]) AS gate"


def pass_gates(*, kind: str, ids: Iterable[int]) -> None:
    """Keep these gates from being shut until this transaction ends; taken in the order of the ids."""
    _take(SHARE, _numbers(kind, ids))


def pass_gates_in_order(*, gates: Sequence[tuple[str, Iterable[int]]]) -> None:
    """Do so for gates of several kinds, kind by kind as they stand here, in one statement."""
    _take(SHARE, [number for kind, ids in gates for number in _numbers(kind, ids)])


def shut_gates(*, kind: str, ids: Iterable[int]) -> None:
    """Wait for those who are inside, let nobody in until this transaction ends; taken in the order of the ids."""
    _take(ALONE, _numbers(kind, ids))


def _numbers(kind: str, ids: Iterable[int]) -> list[int]:
    """One number space for the whole database: the kind in the upper half, the row in the lower one."""
    upper = (crc32(kind.encode()) >> 1) << BITS_OF_AN_ID
    return [upper | (pk % (1 << BITS_OF_AN_ID)) for pk in sorted(set(ids))]


def _take(query: str, gates: list[int]) -> None:
    if gates:
        with connection.cursor() as cursor:
            cursor.execute(query, [gates])

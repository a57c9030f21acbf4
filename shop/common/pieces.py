"""Finished pieces of pages, and sums they show, kept for a moment in the process that made them."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings

# Pieces are a few kilobytes: this many are a few megabytes in each process.
MOST_PIECES = 4_000

Piece = TypeVar("Piece")

_kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()


def remembered(key: Hashable, make: Callable[[], Piece]) -> Piece:
    """Return the piece of this key, made now or at most PIECES_SECONDS ago.

    The key says all that the piece shows, or as much of it as must never be late by that long.
    """
    if not settings.PIECES_SECONDS:
        return make()
    now = time.monotonic()
    found = _kept.get(key)
    if found is not None and found[0] > now:
        return found[1]
    piece = make()
    _kept[key] = (now + settings.PIECES_SECONDS, piece)
    while len(_kept) > MOST_PIECES:
        _kept.popitem(last=False)
    return piece


def forget_pieces() -> None:
    """Begin anew, as a process that has just started."""
    _kept.clear()

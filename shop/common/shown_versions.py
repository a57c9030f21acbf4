"""What a kept page showed and what there is now: one mark in the cache for each kind of thing that pages show.

A page is kept together with the marks it was made under and is given out while they are still the same. Whatever changes
what pages show says so inside its transaction; the new mark is set after the commit. Marks are never counted or compared
by size, so one that the cache has lost cannot come back as an older one. What is lost while the cache is away costs at most
the lifetime of a page.
"""

import time
from collections.abc import Iterable
from functools import partial

from django.core.cache import cache
from django.db import transaction

# Everything that lists, counts or searches things.
LISTS = "lists"
# What people wrote for the pages of information.
TEXTS = "texts"
# Whatever there is: after lists from an authority and what stands at the foot of each page.
EVERYTHING = "everything"

Marks = tuple[int | None, ...]

# A kept page lives for half a minute; a mark that is older than any page may go.
KEPT_SECONDS = 3600


def product(product_id: int) -> str:
    """Name what the page of one product shows."""
    return f"product:{product_id}"


def show_anew(*names: str) -> None:
    """Let kept pages that show any of `names` be made anew, once the transaction has been committed."""
    if names:
        # The change is written: a fault of the cache must not look like a fault of the change.
        transaction.on_commit(partial(_mark, frozenset(names)), robust=True)


def show_products_anew(product_ids: Iterable[int | None]) -> None:
    """The same for the pages of these products and for all lists they may stand in."""
    show_anew(LISTS, *(product(number) for number in product_ids if number is not None))


def mark_key(name: str) -> str:
    """Return the cache's key of a mark."""
    return f"shown:{name}"


def read_marks(*names: str) -> Marks:
    """Return the marks of `names`, None where nothing has changed for long; read before what they mark."""
    keys = [mark_key(name) for name in names]
    found = cache.get_many(keys)
    return tuple(found.get(key) for key in keys)


def _mark(names: frozenset[str]) -> None:
    cache.set_many({mark_key(name): time.time_ns() for name in names}, KEPT_SECONDS)

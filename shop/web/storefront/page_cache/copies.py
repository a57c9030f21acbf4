"""Copies of pages in the cache: for how long they hold, and who makes the next one."""

import hashlib
import time
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache

from shop.common.shown_versions import Marks, mark_key

from .addresses import Address

# The number goes up when `Copy` changes: an old one may still lie in the cache when new code starts.
PREFIX = "page-1"
# A page that is asked for all the time is made anew before it ends, by one, while the others still get the copy.
RENEWED_AFTER = 5 / 6
# Where changes come thick and fast a list is made every few seconds, not for each of them.
RUSH_SECONDS = 10
CALM_SECONDS = 5
# Whoever makes a page and dies blocks nobody for longer.
MAKING_SECONDS = 5
LOOK_AGAIN_SECONDS = 0.04
MOST_LOOKS = 40
# Filters and words make endlessly many pages; this many new ones are kept in half a minute.
MOST_VARIANTS = 2_000


class Copy(NamedTuple):
    """One page as it left the shop: compressed, with its headers, and the marks it was made under."""

    made_at: float
    settled_until: float
    marks: Marks
    headers: tuple[tuple[str, str], ...]
    packed: bytes


def copy_key(address: Address, *, today: date) -> str:
    """Return the cache's key of a page on one day; yesterday's stars are never found today."""
    text = f"{today.isoformat()} {address.path}?{address.query}"
    return f"{PREFIX}:{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"


def find_copy(key: str, address: Address) -> tuple[Copy | None, Marks]:
    """Return the copy, if any, and the marks of now, in one question."""
    names = [mark_key(name) for name in address.marks]
    found = cache.get_many([key, *names])
    kept = found.get(key)
    return (Copy(*kept) if kept else None), tuple(found.get(name) for name in names)


def is_current(copy: Copy, marks: Marks) -> bool:
    """Say whether a copy may be given out without a thought."""
    now = time.time()
    is_young = now < copy.made_at + settings.PAGE_CACHE_SECONDS * RENEWED_AFTER
    return is_young and (copy.marks == marks or now < copy.settled_until)


def settled_until(address: Address, before: Copy | None) -> float:
    """Return until when a list that is made now is kept whatever changes: only where it hardly lived before."""
    now = time.time()
    return now + CALM_SECONDS if address.is_list and before and now - before.made_at < RUSH_SECONDS else 0.0


def keep_copy(key: str, copy: Copy, address: Address) -> None:
    """Keep a copy for everybody, unless it is one more of countless faces of a page."""
    if not address.query or _has_room():
        cache.set(key, tuple(copy), settings.PAGE_CACHE_SECONDS)


def begin_making(key: str, marks: Marks) -> bool:
    """Say whether the caller is the one who makes the page as of `marks`; everybody is while the cache is away."""
    return cache.add(_making_key(key, marks), 1, MAKING_SECONDS)


def end_making(key: str, marks: Marks) -> None:
    """Let others try when this one has made nothing that can be kept."""
    cache.delete(_making_key(key, marks))


def wait_for_copy(key: str, marks: Marks) -> Copy | None:
    """Return what somebody else is making; None when that is nothing to keep, or takes too long."""
    for _look in range(MOST_LOOKS):
        time.sleep(LOOK_AGAIN_SECONDS)
        found = cache.get_many([key, making := _making_key(key, marks)])
        if key in found:
            return Copy(*found[key])
        if making not in found:
            return None
    return None


def _making_key(key: str, marks: Marks) -> str:
    return f"{key}:{'-'.join(map(str, marks))}"


def _has_room() -> bool:
    counter = f"{PREFIX}-variants"
    if cache.add(counter, 1, settings.PAGE_CACHE_SECONDS):
        return True
    return cache.incr(counter) <= MOST_VARIANTS

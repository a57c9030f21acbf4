"""Pages this process has just given out: in a rush nobody asks Valkey a thousand times a second for the same one.

A page is trusted for PAGE_TRUST_SECONDS after Valkey said that it is as things are; so much later than otherwise a change
may show, which is less than a page takes to arrive.
"""

import time

from django.conf import settings

from .copies import Copy

# About a megabyte; whoever asks for more different pages in a moment is no rush.
MOST_PAGES = 100

_pages: dict[str, tuple[float, Copy]] = {}


def page_at_hand(key: str) -> Copy | None:
    """Return the copy that Valkey has vouched for a moment ago."""
    until, copy = _pages.get(key, (0.0, None))
    return copy if time.monotonic() < until else None


def lay_at_hand(key: str, copy: Copy) -> None:
    """Remember a copy that is as things are."""
    if not settings.PAGE_TRUST_SECONDS:
        return
    if len(_pages) >= MOST_PAGES:
        _pages.clear()
    _pages[key] = (time.monotonic() + settings.PAGE_TRUST_SECONDS, copy)

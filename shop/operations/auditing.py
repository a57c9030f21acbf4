"""A look at all invariants whose result is kept: the office reads it, and payouts stop when it is red."""

import time
from collections import Counter
from datetime import datetime

from shop.domain.ledger.auditing import keep_audit

from .invariants import INVARIANTS, Break, broken_invariants


def audit_books(*, now: datetime) -> list[Break]:
    """Ask every invariant, keep what they said, and return what is broken."""
    started = time.monotonic()
    breaks = broken_invariants()
    took_ms = round((time.monotonic() - started) * 1000)
    counts = Counter(broken.invariant for broken in breaks)
    keep_audit(breaks=counts, invariant_count=len(INVARIANTS), took_ms=took_ms, now=now)
    return breaks

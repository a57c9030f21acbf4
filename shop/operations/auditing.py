"""A look at all invariants whose result is kept: the office reads it, and payouts stop when it is red."""

import time
from collections import Counter
from datetime import datetime

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.ledger.auditing import keep_audit
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert

from .invariants import INVARIANTS, Break, broken_invariants


def audit_books(*, now: datetime) -> list[Break]:
    """Ask every invariant, keep what they said, and return what is broken."""
    started = time.monotonic()
    breaks = broken_invariants()
    took_ms = round((time.monotonic() - started) * 1000)
    counts = Counter(broken.invariant for broken in breaks)
    keep_audit(breaks=counts, invariant_count=len(INVARIANTS), took_ms=took_ms, now=now)
    if breaks:
        # One a day: who looks every hour while mending finds one line on the work list.
        day = now.astimezone(SHOP_TIME_ZONE).date()
        raise_alert(key=f"audit:{day}", kind=MoneyAlert.Kind.AUDIT_RED, now=now, breaks=dict(counts))
    return breaks

"""What the last look at all invariants said, and whether money may leave after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from .models import MoneyAudit

# It runs every night; who missed two of them does not know how the books stand.
BELIEVED_FOR = timedelta(hours=36)


class PayoutStop(StrEnum):
    """Why no payout may go."""

    NEVER_AUDITED = "never_audited"
    RED = "red"
    TOO_LONG_AGO = "too_long_ago"


def keep_audit(*, breaks: Mapping[str, int], invariant_count: int, took_ms: int, now: datetime) -> MoneyAudit:
    """Write down how often each broken invariant was broken; no breaks is green."""
    return MoneyAudit.objects.create(
        at=now, took_ms=took_ms, invariant_count=invariant_count, break_count=sum(breaks.values()), breaks=dict(breaks)
    )


def last_audit() -> MoneyAudit | None:
    """The newest run; None before the first."""
    return MoneyAudit.objects.first()


def payout_stop(*, now: datetime) -> PayoutStop | None:
    """Why payouts stand still by themselves; None when they may go."""
    audit = last_audit()
    if audit is None:
        return PayoutStop.NEVER_AUDITED
    if not audit.is_green:
        return PayoutStop.RED
    return PayoutStop.TOO_LONG_AGO if now - audit.at > BELIEVED_FOR else None


def payouts_may_go(*, now: datetime) -> bool:
    """Whether the last look at the invariants was lately and found nothing."""
    return payout_stop(now=now) is None

"""`manage.py reconcile`: everything the shop should have heard and did not, asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .attempts import close_unwanted_attempts, reconcile
from .hearing import hear_next
from .refunding import submit_due_refunds
from .stripe_news import fetch_missed_reports

# Providers keep events for weeks; who was away for longer looks at the accounts.
LOOK_BACK = timedelta(days=3)
EVENTS_AT_MOST = 10_000


@dataclass(frozen=True)
class CaughtUp:
    """How much was found and done."""

    payments: int
    refunds: int
    missed_reports: int
    reports: int


def find_missed(*, now: datetime) -> int:
    """Write down what was reported and never arrived; the worker does it like everything else. Returns how much it was."""
    return fetch_missed_reports(since=now - LOOK_BACK, now=now)


def catch_up(*, now: datetime) -> CaughtUp:
    """Bring open payments, refunds under way and missed reports up to date with the providers; doing it again is harmless."""
    missed = find_missed(now=now)
    heard = 0
    while heard < EVENTS_AT_MOST and hear_next(now=now):
        heard += 1
    close_unwanted_attempts(now=now)
    return CaughtUp(payments=reconcile(now=now), refunds=submit_due_refunds(now=now), missed_reports=missed, reports=heard)

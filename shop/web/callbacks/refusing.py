"""Reports that did not come from who they say: counted, and once a day put on the office's work list of money."""

from django.core.cache import cache

from shop.common import clock
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert

COUNTER = "webhooks-refused"
SECONDS_KEPT = 30 * 24 * 3600


def note_refusal(*, provider: str, reason: str) -> None:
    """Count a refused report; a flood of them is one row of work, not a thousand."""
    cache.add(COUNTER, 0, SECONDS_KEPT)
    try:
        cache.incr(COUNTER)
    except ValueError:
        pass  # it ended between the two, or Valkey is away: the row below stays
    now = clock.now()
    kind = MoneyAlert.Kind.FORGED_WEBHOOK
    raise_alert(key=f"{provider}:{kind}:{reason}:{now.date()}", kind=kind, now=now, provider=provider, reason=reason)


def count_refused() -> int:
    """How many were refused since Valkey began to count."""
    return int(cache.get(COUNTER) or 0)

"""What people were refused: somebody else's door, or an act that cannot be done any more."""

from datetime import datetime, timedelta
from typing import Any

from shop.domain.people.actor import Actor

from .models import AuditEntry
from .recording import Subject, record

REFUSED = "access.refused"
# A crawler in a stolen session must not fill the log: what comes after these in an hour is left out.
MOST_IN_AN_HOUR = 30


def record_refusal(*, actor: Actor, address: str, method: str, status: int, now: datetime) -> bool:
    """Write down that a person was refused `address` (a URL's name, never its secrets); false beyond the hour's limit."""
    earlier = AuditEntry.objects.filter(actor=actor.user_id, action=REFUSED, at__gt=now - timedelta(hours=1)).count()
    if earlier >= MOST_IN_AN_HOUR:
        return False
    more: dict[str, Any] = {"further_ones_left_out": True} if earlier == MOST_IN_AN_HOUR - 1 else {}
    subject = Subject(object_type="address", object_id=address[:64], label=f"{method} {status}")
    record(actor=actor, action=REFUSED, subject=subject, now=now, **more)
    return True

"""Rows of the money work list that a person looked into are closed with a note; those with money in them need an act."""

from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.payments.models import MoneyAlert
from shop.domain.people.actor import Actor

K = MoneyAlert.Kind
# Money waits in these: a note does not move it.
NEED_AN_ACT = frozenset({K.UNKNOWN_REFERENCE, K.OVERPAID, K.UNDERPAID, K.REFUND_BY_HAND, K.REFUND_FAILED})


class AlertClosed(Exception):
    """Somebody closed it before."""


class NeedsItsAct(Exception):
    """Money waits in this row: it is moved, not talked away."""


@transaction.atomic
def close_alert(*, alert_id: int, note: str, actor: Actor, now: datetime) -> MoneyAlert:
    """Close a row with a note, which stands in the audit log. Raises AlertClosed, NeedsItsAct."""
    alert = MoneyAlert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    if alert.closed_at is not None:
        raise AlertClosed(alert_id)
    if alert.kind in NEED_AN_ACT:
        raise NeedsItsAct(alert_id)
    alert.closed_at, alert.closed_by_id, alert.outcome = now, actor.user_id, "closed"
    alert.save(update_fields=["closed_at", "closed_by", "outcome"])
    record(
        actor=actor,
        action="alert.closed",
        subject=Subject("money_alert", alert.pk, str(alert.kind)),
        now=now,
        reason=note.strip(),
    )
    return alert

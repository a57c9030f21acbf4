"""What the person did under a number that the audit log keeps: shown to them, never erased, for it names nobody."""

from datetime import datetime

from shop.domain.audit_log.models import AuditEntry

from ..models import ErasureRequest
from ..person import Person
from ..place import Place, Row


def export_acts(person: Person) -> list[Row]:
    acts = AuditEntry.objects.filter(actor=person.user_id).exclude(actor=None).order_by("pk")
    return [{"at": act.at, "action": act.action, "about": act.label or act.object_id} for act in acts]


def keep_acts(person: Person, now: datetime) -> None:
    """The audit log holds nothing of a shopper but a number (`audit_log.models`)."""


def export_requests(person: Person) -> list[Row]:
    requests = ErasureRequest.objects.filter(user=person.user_id).exclude(user=None).order_by("pk")
    return [{"requested_at": row.requested_at, "state": row.state, "withdrawn_at": row.withdrawn_at} for row in requests]


PLACES = (
    Place(name="acts", columns={}, export=export_acts, erase=keep_acts),
    Place(name="erasure_requests", columns={}, export=export_requests, erase=keep_acts),
)

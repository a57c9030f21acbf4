"""Write down what somebody did, in the transaction in which it is done."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shop.domain.people.actor import Actor

from .models import AuditEntry


@dataclass(frozen=True)
class Subject:
    """What an act was done to, and where that belongs; codes are those of `common.places`."""

    object_type: str
    object_id: int | str
    label: str = ""
    province_code: str = ""
    commune_code: str = ""
    producer_id: int | None = None


def record(
    *,
    actor: Actor,
    action: str,
    subject: Subject,
    now: datetime,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    reason: str = "",
    **more: Any,
) -> AuditEntry:
    """Add a row to the audit log; `old` and `new` hold only what changed, `more` what else explains it."""
    detail = {"old": old or {}, "new": new or {}, **more}
    return AuditEntry.objects.create(
        at=now,
        actor_id=actor.user_id,
        action=action,
        object_type=subject.object_type,
        object_id=str(subject.object_id),
        label=subject.label[:255],
        province_code=subject.province_code,
        commune_code=subject.commune_code,
        producer_id=subject.producer_id,
        reason=reason.strip(),
        detail=_plain(detail),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value

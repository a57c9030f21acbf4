"""Everything the shop knows about a person, for that person; recorded, and kept nowhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from shop.common.gates import shut_gates
from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor
from shop.domain.people.models import User
from shop.oscar_forks.order.models import Order

from .person import Person, person_of_account, person_of_order
from .registry import PLACES

FORMAT = "cho-ocop/personal-data/1"
MOST_A_DAY = 10
EXPORTED = "person.exported"


class TooManyExports(Exception):
    """Ten a day are enough for anybody, and each reads all there is."""


@dataclass(frozen=True)
class Export:
    """Sections by name, each a list of rows of plain values."""

    made_at: datetime
    sections: dict[str, list[dict[str, Any]]]

    def as_json(self) -> dict[str, Any]:
        """What the file holds."""
        return {"format": FORMAT, "made_at": self.made_at, **self.sections}


# Times as ISO, decimals as text.
JSON_ENCODER = DjangoJSONEncoder


@transaction.atomic
def export_account(*, user_id: int, actor: Actor, now: datetime) -> Export:
    """Collect what there is about an account and record that it was collected; raises TooManyExports."""
    shut_gates(kind="export_of_person", ids=[user_id])
    lately = AuditEntry.objects.filter(
        action=EXPORTED, object_type="person", object_id=str(user_id), at__gt=now - timedelta(days=1)
    )
    if lately.count() >= MOST_A_DAY:
        raise TooManyExports(user_id)
    record(actor=actor, action=EXPORTED, subject=Subject("person", user_id), now=now)
    return _collect(person_of_account(User.objects.get(pk=user_id)), now)


@transaction.atomic
def export_guest_order(*, order: Order, actor: Actor, now: datetime) -> Export:
    """The same for the guest of one order, whose right to ask was proved."""
    record(actor=actor, action=EXPORTED, subject=Subject("order", order.pk, label=order.number), now=now)
    return _collect(person_of_order(order), now)


def _collect(person: Person, now: datetime) -> Export:
    return Export(now, {place.name: place.export(person) for place in PLACES if place.export is not None})

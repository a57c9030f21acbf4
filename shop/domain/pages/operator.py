"""Who runs the shop: declared by the office, kept with every earlier declaration."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection, transaction

from shop.common.shown_versions import EVERYTHING, show_anew
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor

from .models import OperatorRecord
from .placeholders import OPERATOR
from .queries import current_operator

# Any number does: whoever declares waits for whoever is declaring.
DECLARING = 4_811_206


@dataclass(frozen=True)
class OperatorData:
    """What the law wants published of a platform's operator; empty where it is not known yet."""

    name: str = ""
    address: str = ""
    tax_code: str = ""
    moit_number: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_complete(self) -> bool:
        return all(asdict(self).values())


def operator_data(record_: OperatorRecord | None) -> OperatorData:
    """Return a declaration as plain data; nothing declared is all empty."""
    return OperatorData(**{name: getattr(record_, name) for name in OPERATOR}) if record_ else OperatorData()


@transaction.atomic
def declare_operator(*, data: OperatorData, actor: Actor, now: datetime) -> OperatorRecord | None:
    """Write down who runs the shop from now on; what is declared already is not declared again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DECLARING])
    before = current_operator()
    old, new = asdict(operator_data(before)), asdict(data)
    if old == new:
        return before
    declared = OperatorRecord.objects.create(**new, declared_at=now, author_id=actor.user_id)
    show_anew(EVERYTHING)
    changed = [name for name in OPERATOR if old[name] != new[name]]
    record(
        actor=actor,
        action="page.operator_declared",
        subject=Subject("operator", declared.pk, label=data.name),
        now=now,
        old={name: old[name] for name in changed},
        new={name: new[name] for name in changed},
    )
    return declared

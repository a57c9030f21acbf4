"""The audit log as a file; taking it is an act that is written down itself."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from shop.common.csv_text import csv_text
from shop.domain.people.actor import Actor

from .models import AuditEntry
from .recording import Subject, record

MOST_ROWS = 10_000
COLUMNS = (
    "at",
    "actor",
    "actor_name",
    "action",
    "object_type",
    "object_id",
    "label",
    "province_code",
    "commune_code",
    "producer_id",
    "reason",
    "old",
    "new",
    "other",
)


def export_entries(
    *, entries: QuerySet[AuditEntry], names: Mapping[int, str], subject: Subject, actor: Actor, asked: str, now: datetime
) -> str:
    """Return at most `MOST_ROWS` entries as CSV and record who took how many; `asked` is the query they were found with.

    `subject` says to which place the taking belongs; `names` are those of the people who may be named.
    """
    rows = [_row(entry, names) for entry in entries[:MOST_ROWS]]
    with transaction.atomic():
        record(actor=actor, action="audit.exported", subject=subject, now=now, rows=len(rows), query=asked)
    return csv_text([COLUMNS, *rows])


def _row(entry: AuditEntry, names: Mapping[int, str]) -> list[object]:
    other = {name: value for name, value in entry.detail.items() if name not in ("old", "new")}
    return [
        entry.at,
        "" if entry.actor_id is None else f"user:{entry.actor_id}",
        names.get(entry.actor_id, ""),
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.label,
        entry.province_code,
        entry.commune_code,
        entry.producer_id,
        entry.reason,
        _written(entry.detail.get("old")),
        _written(entry.detail.get("new")),
        _written(other),
    ]


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""

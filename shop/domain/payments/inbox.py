"""The inbox of what providers and banks report: written down at once, done by a worker, any number of times the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min, Q

from .models import WebhookEvent

S = WebhookEvent.State
# Longer than a worker needs to ask a provider and to be refused an answer twice.
CLAIM_LASTS = timedelta(seconds=60)
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=24)
# What we know nothing of waits by itself and makes nobody unready.
UNKNOWN = "unknown: "
ERROR_LENGTH = 255
# What a report tells of people: nothing here needs it, and a row of the inbox could not be erased by anybody's name.
OF_PEOPLE = frozenset({
    "address", "billing_details", "collected_information", "custom_fields", "customer_details", "customer_email", "email",
    "evidence", "name", "payment_method_details", "phone", "receipt_email", "shipping", "shipping_address", "shipping_details",
})  # fmt: skip


@dataclass(frozen=True)
class Report:
    """One event as its provider told it."""

    provider: str
    event_id: str
    type: str
    object_id: str
    is_live: bool
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Claim:
    """An event a worker has taken, and the others its work does for as well."""

    event: WebhookEvent
    ids: tuple[int, ...]


def without_people(told: Any) -> Any:
    """Return what a provider told, less everything it tells of people; the truth is fetched again anyway."""
    if isinstance(told, Mapping):
        return {name: without_people(value) for name, value in told.items() if name not in OF_PEOPLE}
    if isinstance(told, list):
        return [without_people(value) for value in told]
    return told


def write_down(*, report: Report, now: datetime, state: str = S.NEW) -> None:
    """Keep a report; one that came before is there already."""
    row = WebhookEvent(
        provider=report.provider,
        event_id=report.event_id,
        type=report.type,
        object_id=report.object_id,
        is_live=report.is_live,
        payload=without_people(report.payload),
        state=state,
        received_at=now,
        available_at=now,
        processed_at=None if state == S.NEW else now,
    )
    WebhookEvent.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def claim_next(*, now: datetime) -> Claim | None:
    """Take the event that has waited longest, for a while; None when none is due. A dying worker's comes back."""
    due = WebhookEvent.objects.select_for_update(skip_locked=True).filter(state=S.NEW, available_at__lte=now)
    event = due.order_by("available_at", "pk").first()
    if event is None:
        return None
    # The same object again: whoever reads it now has done for all that was said of it before.
    same = WebhookEvent.objects.select_for_update(skip_locked=True).filter(
        state=S.NEW, provider=event.provider, object_id=event.object_id, type=event.type, available_at__lte=now
    )
    ids = (event.pk, *(same.exclude(pk=event.pk).values_list("pk", flat=True) if event.object_id else ()))
    WebhookEvent.objects.filter(pk__in=ids).update(available_at=now + CLAIM_LASTS)
    event.attempts += 1
    event.save(update_fields=["attempts"])
    return Claim(event, ids)


def finish(*, claim: Claim, now: datetime, state: str = S.DONE) -> None:
    """The event, and what was said of the same thing before it was read, is done with."""
    WebhookEvent.objects.filter(pk__in=claim.ids, state=S.NEW).update(state=state, processed_at=now, last_error="")


def put_off(*, claim: Claim, reason: str, now: datetime) -> bool:
    """Try again later: 15 s, 30 s, 1 min … an hour. False after a day: then it has failed."""
    is_over = now - claim.event.received_at >= GIVEN_UP_AFTER
    pause = min(FIRST_PAUSE * 2 ** min(claim.event.attempts - 1, 10), LONGEST_PAUSE)
    changes = {"last_error": reason[:ERROR_LENGTH], "available_at": now + pause}
    if is_over:
        changes |= {"state": S.FAILED, "processed_at": now}
    WebhookEvent.objects.filter(pk__in=claim.ids, state=S.NEW).update(**changes)
    return not is_over


def oldest_unprocessed_age(*, now: datetime) -> timedelta | None:
    """Return how long the oldest event has waited for us; what nobody knows waits for its provider and does not count."""
    waiting = WebhookEvent.objects.filter(state=S.NEW).exclude(Q(attempts__gt=0) & Q(last_error__startswith=UNKNOWN))
    oldest = waiting.aggregate(oldest=Min("received_at"))["oldest"]
    return now - oldest if oldest else None

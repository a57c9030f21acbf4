"""The outbox as the office reads it: lists by state, counts, one message."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from .models import OutboxMessage


class MessageState(StrEnum):
    """Where a message stands; computed, never stored."""

    WAITING = "waiting"
    FAILED = "failed"
    SENT = "sent"
    KEPT = "kept"


TITLES = {
    MessageState.WAITING: _("Chờ gửi"),
    MessageState.FAILED: _("Lỗi"),
    MessageState.SENT: _("Đã gửi"),
    MessageState.KEPT: _("Giữ lại"),
}
CONDITIONS = {
    MessageState.WAITING: Q(sent_at=None, dead_at=None, last_error=""),
    # Given up, or between two tries.
    MessageState.FAILED: Q(sent_at=None) & (Q(dead_at__isnull=False) | ~Q(last_error="")),
    MessageState.SENT: Q(sent_at__isnull=False, left_the_shop=True),
    MessageState.KEPT: Q(sent_at__isnull=False, left_the_shop=False),
}


def list_messages(*, messages: QuerySet[OutboxMessage], state: str, words: str) -> QuerySet[OutboxMessage]:
    """Return `messages` of one state (or all), newest first, that mention `words` in subject, recipient, key or order."""
    if state in set(MessageState):
        messages = messages.filter(CONDITIONS[MessageState(state)])
    if words:
        messages = messages.filter(
            Q(recipient__icontains=words)
            | Q(subject__icontains=words)
            | Q(key__icontains=words)
            | Q(order__number__icontains=words)
        )
    return messages.select_related("order").defer("body_text", "body_html").order_by("-created_at", "-pk")


def count_messages(*, messages: QuerySet[OutboxMessage]) -> dict[str, int]:
    """Return how many messages there are in each state, in one query."""
    return messages.aggregate(**{state.value: Count("pk", filter=condition) for state, condition in CONDITIONS.items()})


def count_told(*, kinds: Collection[str], recipients: Collection[str], since: datetime) -> int:
    """Return how many messages of these kinds were written to these recipients since then."""
    return OutboxMessage.objects.filter(kind__in=kinds, recipient__in=recipients, created_at__gte=since).count()


def state_of(message: OutboxMessage) -> MessageState:
    """Return where one message stands; the same rule as `CONDITIONS`, for a row that is loaded."""
    if message.sent_at:
        return MessageState.SENT if message.left_the_shop else MessageState.KEPT
    return MessageState.FAILED if message.dead_at or message.last_error else MessageState.WAITING

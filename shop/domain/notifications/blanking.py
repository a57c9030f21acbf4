"""Forgetting whom a message went to, and its words, 30 days after it was sent."""

from datetime import datetime, timedelta

from django.db.models import Q

from shop.common.promises import RECIPIENT_BLANKED_AFTER_DAYS

from .models import OutboxMessage

KEPT_FOR = timedelta(days=RECIPIENT_BLANKED_AFTER_DAYS)


def blank_old_messages(*, now: datetime) -> int:
    """Take recipient and text out of messages sent or given up 30 days ago; returns how many.

    Key, kind, times and order stay: they name nobody, and the office still sees that a message went out.
    """
    before = now - KEPT_FOR
    return (
        OutboxMessage.objects.filter(Q(sent_at__lte=before) | Q(dead_at__lte=before))
        .exclude(recipient="", subject="", body_text="", body_html="", last_error="")
        .update(recipient="", subject="", body_text="", body_html="", last_error="")
    )

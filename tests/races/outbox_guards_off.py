"""Takes one guard of the outbox out of a running worker, for the twin of a test that must then fail."""

import time

# Long enough for the other process to read the same message.
READ_TO_SEND_SECONDS = 0.05


def claim_without_marking():
    """Read the oldest message and send it, as if nobody else were at work."""
    from shop.domain.notifications import delivery  # noqa: PLC0415 -- read when the apps are ready
    from shop.domain.notifications.models import OutboxMessage  # noqa: PLC0415 -- read when the apps are ready

    def read_message(*, now, except_channels=frozenset()):
        due = OutboxMessage.objects.filter(delivery.UNSENT, available_at__lte=now)
        message = due.exclude(channel__in=except_channels).order_by("available_at", "id").first()
        time.sleep(READ_TO_SEND_SECONDS)
        return message

    delivery.claim_message = read_message


def acknowledge_early():
    """Tell Valkey that a task is done when it begins, as Celery does by default."""
    from shop.celery import app  # noqa: PLC0415 -- read when the apps are ready

    app.conf.task_acks_late = False
    app.conf.task_reject_on_worker_lost = False

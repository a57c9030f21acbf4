"""Takes one guard of the outbox out of a running worker, for the twin of a test that must then fail."""

import time
from types import SimpleNamespace

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


def tell_after_commit():
    """Tell of an order when it is committed instead of with it, as Oscar does."""
    from django.db import transaction  # noqa: PLC0415 -- read when the apps are ready

    from shop.domain.ordering import placing  # noqa: PLC0415 -- read when the apps are ready

    tell = placing.tell_order_placed

    def tell_later(**order_and_now):
        def tell_now():
            with transaction.atomic():
                tell(**order_and_now)

        transaction.on_commit(tell_now)

    placing.tell_order_placed = tell_later


def ring_or_raise():
    """Ring the worker as Celery's manual says: whatever Valkey has against it is the caller's problem."""
    from django.db import transaction  # noqa: PLC0415 -- read when the apps are ready

    from shop.celery import app  # noqa: PLC0415 -- read when the apps are ready
    from shop.domain.notifications import outbox  # noqa: PLC0415 -- read when the apps are ready

    def ring():
        app.send_task("shop.domain.notifications.tasks.drain_outbox", ignore_result=True)

    def on_commit(_ring_bell, *, robust):
        transaction.on_commit(ring)

    outbox.transaction = SimpleNamespace(get_connection=transaction.get_connection, on_commit=on_commit)

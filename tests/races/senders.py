"""Messages without a bell, a slow mail server, and ways to kill those who send."""

import asyncio
import os
import signal
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import redis
from django.conf import settings

from shop.celery import app
from shop.common import clock
from shop.domain.certificates.notices import EXPIRING
from shop.domain.notifications.delivery import UNSENT
from shop.domain.notifications.models import OutboxMessage
from tests.factories.certificates import make_certificate
from tests.fixtures.mail import AnyPortController

UNGUARDED = {"DJANGO_SETTINGS_MODULE": "tests.races.unguarded"}


def later() -> dict[str, str]:
    """The environment of a process that lives five minutes ahead: past every claim and every first pause."""
    return {"SHOP_CLOCK": (clock.now() + timedelta(minutes=5)).isoformat()}


@dataclass
class SlowMail:
    """Takes a mail in, then lets the sender wait for its answer: a kill in between is the worst moment there is."""

    seconds: float
    port: int = 0
    messages: list = field(default_factory=list)

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def copies(self):
        """How often each key came."""
        return Counter(message["X-Notification-Key"] for message in self.messages)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, ARG002 -- aiosmtpd's
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        await asyncio.sleep(self.seconds)
        return "250 taken"


@contextmanager
def slow_mail(*, seconds=0.1):
    """A mail server on a free port that answers late."""
    sink = SlowMail(seconds)
    controller = AnyPortController(sink, hostname="127.0.0.1", port=0)
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()


def write_messages(count):
    """So many waiting messages that no bell announced; returns their keys."""
    now = clock.now()
    certificate = make_certificate()
    messages = [
        OutboxMessage(
            key=f"certificate:race:{number}",
            kind=EXPIRING,
            channel="email",
            recipient=f"chu-the-{number}@example.vn",
            payload={"certificate_id": certificate.pk},
            created_at=now,
            available_at=now,
        )
        for number in range(count)
    ]
    OutboxMessage.objects.bulk_create(messages)
    return {message.key for message in messages}


def kill_pool(worker):
    """SIGKILL to every process that does tasks, the worker itself stays; returns how many there were."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    return len(children)


def kill_worker(worker):
    """SIGKILL to the worker and all its processes at once."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def unclaimed():
    """Messages that wait for nothing but a sender."""
    return OutboxMessage.objects.filter(UNSENT, claimed_until=None).count()


def is_idle():
    """No task runs and none waits."""
    active = app.control.inspect(timeout=1).active()
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        waiting = valkey.llen(app.conf.task_default_queue)
    return bool(active) and not any(active.values()) and waiting == 0


def everything_is_sent():
    """Ring as the scheduler does every 30 seconds, and look."""
    with app.connection_for_write() as connection:  # of its own: Valkey may have been away meanwhile
        app.send_task("shop.domain.notifications.tasks.sweep_outbox", connection=connection)
    return not OutboxMessage.objects.filter(UNSENT).exists()

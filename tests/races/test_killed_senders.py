"""Whoever sends is killed in mid-send: everything arrives, and what arrives twice carries one name.

Each test has a twin without the guard that fails.
"""

from shop.domain.notifications.delivery import UNSENT
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.tasks import drain_outbox, sweep_outbox
from tests.fixtures.processes import poll_until
from tests.races.senders import UNGUARDED, is_idle, kill_pool, kill_worker, later, slow_mail, unclaimed, write_messages


def test_killed_senders_lose_nothing_and_repeat_under_one_name(celery_worker_process):
    keys = write_messages(15)
    with slow_mail() as mail:
        worker = celery_worker_process(EMAIL_URL=mail.url)
        drain_outbox.delay()
        kills = 0
        for so_many in (3, 6):
            poll_until(lambda so_many=so_many: len(mail.messages) >= so_many, what="the first mails")
            kills += kill_pool(worker)
        # The lost task came back by itself: nobody rang again and nobody swept.
        poll_until(lambda: unclaimed() == 0, what="everything that no killed sender held")
        kill_worker(worker)

        celery_worker_process(EMAIL_URL=mail.url, **later())
        sweep_outbox.delay()
        poll_until(lambda: not OutboxMessage.objects.filter(UNSENT).exists(), what="the rest")

    assert set(mail.copies) == keys
    assert len(mail.messages) - len(keys) <= kills + 1
    names = {(message["X-Notification-Key"], message["Message-ID"]) for message in mail.messages}
    assert len(names) == len(keys)


def test_without_late_acks_a_killed_sender_takes_its_task_along(celery_worker_process):
    write_messages(15)
    with slow_mail() as mail:
        worker = celery_worker_process(EMAIL_URL=mail.url, GUARD_OFF="late_acks", **UNGUARDED)
        drain_outbox.delay()
        poll_until(lambda: len(mail.messages) >= 3, what="the first mails")
        kill_pool(worker)
        poll_until(is_idle, what="the worker at rest")

    assert unclaimed() > 0


def test_two_senders_never_send_one_message_both(celery_worker_process):
    keys = write_messages(20)
    with slow_mail(seconds=0.02) as mail:
        celery_worker_process(EMAIL_URL=mail.url)
        for _ in range(2):
            drain_outbox.delay()
        poll_until(lambda: not OutboxMessage.objects.filter(UNSENT).exists(), what="every mail")

    assert dict(mail.copies) == dict.fromkeys(keys, 1)
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {1}


def test_without_the_claim_two_senders_send_one_message_both(celery_worker_process):
    keys = write_messages(20)
    with slow_mail(seconds=0.02) as mail:
        celery_worker_process(EMAIL_URL=mail.url, GUARD_OFF="claim", **UNGUARDED)
        for _ in range(2):
            drain_outbox.delay()
        poll_until(lambda: not OutboxMessage.objects.filter(UNSENT).exists(), what="every mail")

    assert set(mail.copies) == keys
    assert max(mail.copies.values()) > 1

"""Valkey, the mail server or the shop itself goes away around a change: what was committed is told, once things are back."""

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from shop.celery import app
from shop.domain.notifications import bell
from shop.domain.notifications.delivery import UNSENT
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.tasks import drain_outbox, sweep_outbox
from shop.domain.ordering import messages, placing
from shop.embedded import addresses
from shop.embedded.valkey import EmbeddedValkey
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_order
from tests.fixtures.processes import free_port, poll_until
from tests.races.buyers import open_forms, press_all
from tests.races.senders import later, slow_mail, write_messages


class OrderRefused(Exception):
    """Why an order's transaction ends without a commit."""


@pytest.fixture
def own_valkey(monkeypatch):
    """A Valkey of this test alone, which it may stop; this process rings there."""
    with tempfile.TemporaryDirectory(prefix="valkey-") as folder:
        valkey = EmbeddedValkey(Path(folder), append_only=False)
        valkey.start()
        monkeypatch.setattr(app.conf, "broker_url", addresses.broker_url(addresses.redis_url(Path(folder))))
        monkeypatch.setattr(bell, "_silent_until", 0.0)
        # Celery keeps connections to where it was before.
        app._after_fork()
        yield valkey
        app._after_fork()
        valkey.stop()


def with_own_valkey(valkey):
    """The environment of a process on this test's database and that Valkey."""
    return {
        "DJANGO_SETTINGS_MODULE": "shop.settings.base",
        "REDIS_URL": addresses.redis_url(valkey.var_dir),
    }


def all_sent():
    return not OutboxMessage.objects.filter(UNSENT).exists()


def test_orders_do_not_notice_that_valkey_is_away_and_the_sweep_tells_of_them(celery_worker_process, own_valkey):
    tea, honey = make_listing("Chè Tân Cương"), make_listing("Mật ong bạc hà")
    with slow_mail(seconds=0) as mail:
        celery_worker_process(EMAIL_URL=mail.url, **with_own_valkey(own_valkey))
        own_valkey.stop()

        started = time.monotonic()
        orders = [make_order((tea, 1), (honey, 1)) for _ in range(3)]
        seconds = time.monotonic() - started

        own_valkey.start()
        assert (len(mail.messages), all_sent()) == (0, False)
        sweep_outbox.delay()
        poll_until(all_sent, what="every mail")

    assert Order.objects.count() == len(orders)
    assert seconds < 5
    # Each order: the buyer, and each of the two producers.
    assert sum(mail.copies.values()) == len(mail.copies) == 3 * len(orders)


def test_twenty_buyers_of_a_shop_without_valkey_all_get_their_order(live_stack):
    address = live_stack(processes=2, environment={"DJANGO_SETTINGS_MODULE": "tests.races.without_valkey"})
    tea = make_listing(stock=50)

    answers = press_all(address, open_forms(tea, buyers=20), at_once=4)

    assert [answer.status for answer in answers] == [303] * 20
    with urllib.request.urlopen(f"{address}{answers[0].location}", timeout=20) as thank_you:  # noqa: S310  our own address
        assert thank_you.status == 200
    # Each buyer, and the producer of each order: written, and waiting for the sweep.
    assert OutboxMessage.objects.filter(UNSENT, attempts=0).count() == 40


def test_an_order_that_is_refused_tells_nobody(transactional_db, monkeypatch):
    def tell_and_fail(**order_and_now):
        messages.tell_order_placed(**order_and_now)
        assert OutboxMessage.objects.count() == 2
        raise OrderRefused

    tea = make_listing()
    monkeypatch.setattr(placing, "tell_order_placed", tell_and_fail)

    with pytest.raises(OrderRefused):
        make_order((tea, 1))

    assert (Order.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_a_shop_killed_between_commit_and_bell_tells_all_the_same(celery_worker_process, transactional_db):
    make_listing()
    killed = subprocess.run([sys.executable, "-c", PLACE_AND_DIE], cwd=settings.BASE_DIR, check=False)
    assert killed.returncode == -9
    assert OutboxMessage.objects.filter(UNSENT).count() == 2

    with slow_mail(seconds=0) as mail:
        celery_worker_process(EMAIL_URL=mail.url)
        sweep_outbox.delay()
        poll_until(all_sent, what="both mails")

    assert sorted(mail.copies.values()) == [1, 1]


def test_mail_waits_for_its_server_and_goes_out_after_the_pause(celery_worker_process):
    keys = write_messages(3)
    away = celery_worker_process(EMAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    drain_outbox.delay()
    poll_until(lambda: OutboxMessage.objects.exclude(last_error="").exists(), what="a failed try")
    away.terminate()
    away.wait()

    failed = OutboxMessage.objects.exclude(last_error="").get()
    assert failed.last_error == "ConnectionRefusedError: [Errno 111] Connection refused"
    assert OutboxMessage.objects.filter(UNSENT, attempts=0).count() == 2

    with slow_mail(seconds=0) as mail:
        celery_worker_process(EMAIL_URL=mail.url, **later())
        sweep_outbox.delay()
        poll_until(all_sent, what="every mail")

    assert dict(mail.copies) == dict.fromkeys(keys, 1)


PLACE_AND_DIE = """
import os, signal
import django
django.setup()
from shop.domain.listings.models import Listing
from shop.domain.notifications import bell
from tests.factories import make_order
bell.ring_bell = lambda: os.kill(os.getpid(), signal.SIGKILL)
make_order((Listing.objects.get(), 1))
"""

"""The set of docker-compose.yml on this machine: two web processes behind the proxy, two workers; one of each is killed."""

import http.client
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shop.domain.notifications.delivery import UNSENT
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.tasks import sweep_outbox
from shop.embedded.processes import end_session, start_process, stop_process
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing
from tests.fixtures.processes import answers, free_port, log_file, log_of, poll_until, start_web
from tests.races.buyers import open_forms, press
from tests.races.senders import later

CADDY = "/usr/bin/caddy"
BUYERS, AT_ONCE = 60, 6
PRESSES = 5  # how often a buyer presses again when the answer did not arrive

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proxied(transactional_db, tmp_path):
    """The proxy's address and its two web processes."""
    assert Path(CADDY).exists(), f"{CADDY} is missing: install the Debian package caddy"
    address = f"http://127.0.0.1:{free_port()}"
    webs = [start_web(1, {"BASE_URL": address}) for _ in range(2)]
    proxy = start_process(
        [CADDY, "run", "--config", settings.BASE_DIR / "deploy/Caddyfile", "--adapter", "caddyfile"],
        log=log_file("caddy"),
        environment={
            **os.environ,
            "SITE_ADDRESS": address,
            "WEB_UPSTREAMS": " ".join(own.removeprefix("http://") for _, own in webs),
            "HOME": str(tmp_path),
        },
    )
    poll_until(lambda: proxy.poll() is not None or answers(address), seconds=30, what="the proxy")
    assert proxy.poll() is None, log_of("caddy")
    yield address, [process for process, _ in webs]
    for process in (proxy, *(process for process, _ in webs)):
        stop_process(process, seconds=5)


def kill(process: subprocess.Popen) -> None:
    """As the kernel does when memory is out: without a word."""
    end_session(process.pid)
    process.wait()


def buy(address, form, done):
    """Press until the shop answered; what the proxy says when nobody answered is no answer."""
    for _ in range(PRESSES):
        try:
            answer = press(address, form)
        except (http.client.HTTPException, OSError):
            continue
        if answer.status < 500:
            done.append(answer)
            return


def everything_is_sent():
    """Ring as the scheduler does every 30 seconds, and look."""
    sweep_outbox.delay()
    time.sleep(0.3)
    return not OutboxMessage.objects.filter(UNSENT).exists()


def test_one_of_each_is_killed_under_load_and_nothing_is_lost(proxied, celery_worker_process, mail_sink):
    address, webs = proxied
    workers = [celery_worker_process(EMAIL_URL=mail_sink.url) for _ in range(2)]
    forms, done = open_forms(make_listing(stock=BUYERS), buyers=BUYERS), []
    queue = iter(forms)
    take = threading.Lock()

    def shopper():
        while True:
            with take:
                form = next(queue, None)
            if form is None:
                return
            buy(address, form, done)

    threads = [threading.Thread(target=shopper) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    poll_until(lambda: len(done) >= BUYERS // 4, what="the first orders")
    kill(webs[0])
    poll_until(lambda: len(done) >= BUYERS // 2, what="orders through the other process")
    kill(workers[0])
    for thread in threads:
        thread.join()
    connection.close()
    # What compose does: it starts another. That one lives past the claims of the dead.
    celery_worker_process(EMAIL_URL=mail_sink.url, **later())
    kill(workers[1])
    poll_until(everything_is_sent, seconds=60, what="every message")

    assert [answer.status for answer in done] == [303] * BUYERS
    assert Order.objects.count() == BUYERS == len({answer.location for answer in done})
    assert broken_invariants() == []
    sent = [message["X-Notification-Key"] for message in mail_sink.messages]
    assert set(sent) == set(OutboxMessage.objects.filter(channel="email").values_list("key", flat=True))


def test_the_public_reads_no_figures_through_the_proxy(proxied):
    address, _ = proxied
    server = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    for path in ("/metrics", "/readyz"):
        server.request("GET", path)
        answer = server.getresponse()
        answer.read()
        assert answer.status == 404, path
    server.close()

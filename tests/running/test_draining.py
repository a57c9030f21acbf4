import http.client
import re
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shop.domain.notifications.delivery import UNSENT
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.tasks import drain_outbox
from tests.fixtures.processes import poll_until
from tests.races.senders import slow_mail, write_messages

CALLERS = 8
SLOW_APPLICATION = "tests.running.slow_application:application"


def test_a_web_worker_told_to_stop_answers_everybody_who_was_let_in():
    # Linux lets nobody close a door and empty the hall at once: on a busy machine the process may lose its turn between
    # the two calls. gunicorn's own worker drops callers at every stop.
    assert any(drops_nobody() for _ in range(3))


def drops_nobody() -> bool:
    """Stop a server amid its callers."""
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "--threads", "2", "--no-control-socket"]
    command += ["-k", "shop.running.draining.DrainingWorker", SLOW_APPLICATION]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        port = _port_of(server)
        answered = threading.Semaphore(0)
        with ThreadPoolExecutor(CALLERS) as callers:
            outcomes = [callers.submit(_call_until_refused, port, answered) for _ in range(CALLERS)]
            for _ in range(CALLERS):
                assert answered.acquire(timeout=30)
            server.send_signal(signal.SIGTERM)
            dropped = [outcome.result() for outcome in outcomes]
        server.communicate(timeout=30)

    return dropped == [0] * CALLERS


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_ends_its_task_first(celery_worker_process):
    keys = write_messages(4)
    with slow_mail(seconds=0.5) as mail:
        worker = celery_worker_process(EMAIL_URL=mail.url)
        drain_outbox.delay()
        poll_until(lambda: mail.messages, what="the first mail")
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=60)

    assert worker.returncode == 0
    assert dict(mail.copies) == dict.fromkeys(keys, 1)
    assert not OutboxMessage.objects.filter(UNSENT).exists()


def _port_of(server):
    for line in server.stderr:
        found = re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", line)
        if found:
            return int(found[1])
    raise AssertionError("gunicorn did not start")


def _call_until_refused(port, answered):
    """How many calls were let in and then dropped; the door being closed ends it."""
    dropped = 0
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.connect()
        except ConnectionRefusedError:
            return dropped
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            answered.release()
        except (ConnectionResetError, BrokenPipeError, http.client.RemoteDisconnected):
            dropped += 1
        finally:
            connection.close()

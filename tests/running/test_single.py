"""However many schedulers are started, one works; the next takes over when it is gone."""

import signal
import threading

import pytest

from shop.embedded.processes import stop_process
from shop.running.single import only_one
from tests.fixtures.processes import log_of, poll_until, start_command

pytestmark = pytest.mark.django_db(transaction=True)


def test_second_one_waits_until_the_first_is_gone():
    said, working, leave = [], threading.Event(), threading.Event()

    def second():
        with only_one("baker", tell=said.append):
            working.set()
            leave.wait(20)

    with only_one("baker", tell=said.append):
        thread = threading.Thread(target=second)
        thread.start()
        poll_until(lambda: said, what="the second's word")
        assert not working.is_set()

    assert working.wait(20)
    assert said == ["Another baker is at work; waiting until it is gone."]
    leave.set()
    thread.join()


def test_scheduler_starts_after_the_first_was_killed():
    first = start_command("scheduler", log="first")
    poll_until(lambda: "beat: Starting" in log_of("first"), seconds=60, what="the first scheduler's start")
    second = start_command("scheduler", log="second")
    poll_until(lambda: "waiting until it is gone" in log_of("second"), seconds=60, what="the second's word")

    first.send_signal(signal.SIGKILL)
    first.wait()

    poll_until(lambda: "beat: Starting" in log_of("second"), what="the second's start")
    stop_process(second)
    assert second.returncode == 0

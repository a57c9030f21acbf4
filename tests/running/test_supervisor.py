"""Children are started again, not for ever, and none is left behind."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from shop.embedded.processes import CannotStart, start_process, stop_process
from shop.running.supervisor import RESTARTS_ALLOWED, Supervisor
from tests.fixtures.processes import poll_until


class Sleeper:
    """A service that lives until it is ended."""

    command = (sys.executable, "-c", "import time; time.sleep(600)")

    def __init__(self):
        self.starts = 0
        self.process = None

    def start(self):
        self.starts += 1
        self.process = start_process(self.command)

    def stop(self):
        stop_process(self.process)


class Mayfly(Sleeper):
    """A service that ends at once."""

    command = (sys.executable, "-c", "raise SystemExit(3)")


class DispensableMayfly(Mayfly):
    """What the others can do without; once dead it does not even start."""

    dispensable = True

    def start(self):
        super().start()
        if self.starts > 1:
            raise CannotStart("not today")


def lives(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    result = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607
    return bool(result.stdout) and not result.stdout.startswith("Z")


def children_of(pid: int) -> str:
    """Process numbers, one a line."""
    return subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout  # noqa: S607


def test_supervisor_gives_up_on_a_service_that_keeps_dying():
    supervisor, mayfly = Supervisor([].append), Mayfly()
    supervisor.start("Mayfly", mayfly)

    with pytest.raises(CannotStart, match="Mayfly ended 6 times in a minute"):
        supervisor.watch()

    assert mayfly.starts == RESTARTS_ALLOWED + 1


def test_supervisor_goes_on_without_a_service_that_is_dispensable():
    supervisor, valkey, web = Supervisor(tell=lambda _text: None), DispensableMayfly(), Sleeper()
    supervisor.start("web", web)
    supervisor.start("Valkey", valkey)

    for _ in range(RESTARTS_ALLOWED + 2):
        valkey.process.wait(timeout=30)
        supervisor.start_again_what_ended()

    assert valkey.starts == 1 + RESTARTS_ALLOWED
    assert web.starts == 1
    supervisor.stop()


def test_supervisor_starts_a_killed_service_again():
    said = []
    supervisor, sleeper = Supervisor(said.append), Sleeper()
    supervisor.start("Sleeper", sleeper)
    first = sleeper.process
    first.kill()
    first.wait()

    supervisor.start_again_what_ended()

    assert (sleeper.starts, sleeper.process.poll(), said) == (2, None, ["Sleeper ended (exit code -9); starting it again"])
    supervisor.stop()
    assert not lives(sleeper.process.pid)


def test_child_dies_with_a_parent_that_was_killed():
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                import sys, time
                from shop.embedded.processes import start_process
                print(start_process([sys.executable, "-c", "import time; time.sleep(600)"]).pid, flush=True)
                time.sleep(600)
            """),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    child = int(parent.stdout.readline())
    assert lives(child)

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    poll_until(lambda: not lives(child), what="the child's death")
    parent.stdout.close()


def test_stopping_ends_what_a_process_left_in_its_session():
    process = start_process(["sh", "-c", "sleep 600 & echo started; wait"])
    grandchild = int(poll_until(lambda: children_of(process.pid), what="the grandchild's start").split()[0])

    stop_process(process)

    poll_until(lambda: not lives(grandchild), what="the grandchild's death")

"""Keeps a handful of processes running, and ends them together."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from shop.embedded.processes import CannotStart, start_process, stop_process

ROOT = Path(__file__).resolve().parents[2]
RESTARTS_ALLOWED = 5
WITHIN_SECONDS = 60
SECONDS_BETWEEN_LOOKS = 0.2
LONGEST_LOG = 10_000_000


class Service(Protocol):
    """Something that runs as one process: an embedded server or a command of ours.

    One marked `dispensable` may stay dead: the others go on without it.
    """

    process: subprocess.Popen | None

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Command:
    """One of `manage.py web`, `worker`, `scheduler` and `fake_stripe`."""

    def __init__(self, name: str, *, var_dir: Path, environment: dict[str, str] | None = None, dispensable: bool = False):
        self.name = name
        self.dispensable = dispensable
        self.log = var_dir / "log" / f"{name}.log"
        self.environment = environment
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        command = [sys.executable, ROOT / "manage.py", self.name]
        self.process = start_process(command, log=self.log, environment=self.environment)

    def ask_to_stop(self) -> None:
        """Begin to end; several drain at the same time."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        if self.process:
            stop_process(self.process)


class Supervisor:
    """Started services, watched until a signal comes or one of them keeps dying."""

    def __init__(self, tell: Callable[[str], None]):
        self.tell = tell
        self.services: dict[str, Service] = {}
        self.deaths: dict[str, deque[float]] = {}
        self.stopping = False

    def listen_to_signals(self) -> None:
        """Ctrl-C, a closed terminal and SIGTERM mean the same: end everything."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note_signal)

    def start(self, name: str, service: Service) -> None:
        """Start one more and watch it from now on."""
        self.services[name] = service
        self.deaths[name] = deque(maxlen=RESTARTS_ALLOWED)
        service.start()
        self.stop_if_asked()

    def watch(self) -> None:
        """Until the end: start again what ended by itself."""
        while not self.stopping:
            self.start_again_what_ended()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def start_again_what_ended(self) -> None:
        """Look once at everything."""
        for name, service in self.services.items():
            if service.process and service.process.poll() is not None:
                self._start_again(name, service)

    def stop_if_asked(self) -> None:
        """Leave the start half-way when somebody pressed Ctrl-C."""
        if self.stopping:
            raise KeyboardInterrupt

    def stop(self) -> None:
        """End all, those first that use the others."""
        commands = [service for service in self.services.values() if isinstance(service, Command)]
        for command in commands:
            command.ask_to_stop()
        for service in reversed(self.services.values()):
            service.stop()

    def _start_again(self, name: str, service: Service) -> None:
        deaths, now = self.deaths[name], time.monotonic()
        dispensable = getattr(service, "dispensable", False)
        if len(deaths) == RESTARTS_ALLOWED and now - deaths[0] < WITHIN_SECONDS:
            if dispensable:
                return  # the shop sells without it; tried again when a minute has passed
            raise CannotStart(f"{name} ended {RESTARTS_ALLOWED + 1} times in a minute; see the folder of logs for why.")
        deaths.append(now)
        self.tell(f"{name} ended (exit code {service.process.returncode}); starting it again")
        service.stop()  # whatever it left in its session
        try:
            service.start()
        except CannotStart as problem:
            if not dispensable:
                raise
            self.tell(str(problem))

    def _note_signal(self, number: int, frame: object) -> None:  # noqa: ARG002  what Python hands over
        if not self.stopping:
            self.stopping = True
            os.write(1, b"\n")

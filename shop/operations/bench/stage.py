"""What is measured: PostgreSQL, Valkey and web servers of the bench's own."""

import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis
from psycopg import Connection

from shop.embedded import addresses
from shop.embedded.postgres import FORGETFUL, EmbeddedPostgres
from shop.embedded.processes import CannotStart, start_process, stop_process
from shop.embedded.valkey import EmbeddedValkey

from . import databases
from .surroundings import ROOT, environment_of

SECONDS_TO_START = 120


@dataclass(frozen=True)
class Server:
    """A web server that answers, and how long that took."""

    pid: int
    port: int
    seconds_to_start: float


class Stage:
    """The servers while they run."""

    def __init__(self, var_dir: Path) -> None:
        self.var_dir = var_dir
        self.postgres = EmbeddedPostgres(var_dir)
        self.valkey = EmbeddedValkey(var_dir)

    @property
    def postgres_pid(self) -> int:
        return self.postgres.process.pid

    def connect(self) -> Connection:
        """Look into the measured database."""
        return self.postgres.connect(databases.MEASURED)

    def environment(self, **more: str) -> dict[str, str]:
        """What a process that works on the measured database is told."""
        return environment_of(self.var_dir, databases.MEASURED, **more)

    @contextmanager
    def web(self, **environment: str) -> Iterator[Server]:
        """Run the shop's web server on the measured database until the block ends; its cache is empty."""
        redis.Redis.from_url(addresses.redis_url(self.var_dir)).flushall()
        port = _free_port()
        told = self.environment(PORT=str(port), BASE_URL=f"http://127.0.0.1:{port}", **environment)
        with _serving([ROOT / "manage.py", "web"], port, self.var_dir / "log" / "web.log", told) as server:
            yield server

    @contextmanager
    def constant_page(self) -> Iterator[Server]:
        """Run the page everything is held against."""
        port = _free_port()
        told = self.environment(PORT=str(port))
        with _serving(["-m", f"{__package__}.constant_page"], port, self.var_dir / "log" / "constant.log", told) as server:
            yield server

    @contextmanager
    def worker_and_scheduler(self, **environment: str) -> Iterator[list[int]]:
        """Run what stands beside the web server as well, for what it weighs; yields process ids."""
        logs = [self.var_dir / "log" / f"{name}.log" for name in ("worker", "scheduler")]
        told = self.environment(**environment)
        with ExitStack() as started:
            pids = []
            for log in logs:
                log.unlink(missing_ok=True)
                process = start_process([sys.executable, ROOT / "manage.py", log.stem], log=log, environment=told)
                started.callback(stop_process, process)
                pids.append(process.pid)
            # The worker says when it is ready; the scheduler, which has less to load, is by then.
            _wait_until(lambda: " ready." in logs[0].read_text(), log=logs[0])
            yield pids


@contextmanager
def opened(var_dir: Path, sizes: tuple[int, ...], tell: Callable[[str], None]) -> Iterator[Stage]:
    """Make the databases that are missing, then run the servers as `make run` does."""
    missing = databases.missing(var_dir, sizes)
    stage = Stage(var_dir)
    if missing:
        # Nothing is lost when the machine dies now: it is made again.
        with _running(EmbeddedPostgres(var_dir, options=FORGETFUL), stage.valkey):
            databases.make(var_dir, missing, tell)
    with _running(stage.postgres, stage.valkey):
        yield stage


@contextmanager
def _running(*servers: EmbeddedPostgres | EmbeddedValkey) -> Iterator[None]:
    with ExitStack() as started:
        for server in servers:
            server.start()
            started.callback(server.stop)
        yield


@contextmanager
def _serving(words: list, port: int, log: Path, environment: dict[str, str]) -> Iterator[Server]:
    log.unlink(missing_ok=True)
    began = time.monotonic()
    process = start_process([sys.executable, *words], log=log, environment=environment)
    try:
        _wait_until(lambda: process.poll() is not None or _answers(port), log=log)
        if process.poll() is not None:
            raise CannotStart(f"A server of the bench did not start; its log is {log}.")
        yield Server(process.pid, port, time.monotonic() - began)
    finally:
        stop_process(process)


def _wait_until(happened: Callable[[], bool], *, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not happened():
        if time.monotonic() > deadline:
            raise CannotStart(f"A process of the bench is not ready after {SECONDS_TO_START} seconds; its log is {log}.")
        time.sleep(0.02)


def _answers(port: int) -> bool:
    """Whether the front page comes: the first that anybody asks for."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=SECONDS_TO_START) as connection:
            connection.sendall(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return connection.recv(12).endswith(b"200")
    except ConnectionError:
        return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]

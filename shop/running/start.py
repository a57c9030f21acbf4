"""`make run`: everything the shop needs, under one supervisor."""

import errno
import fcntl
import os
import shutil
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from urllib.error import URLError

import psycopg
import redis
from django.conf import settings

from shop.embedded.postgres import EmbeddedPostgres
from shop.embedded.processes import CannotStart
from shop.embedded.valkey import EmbeddedValkey
from shop.running.preparing import prepare
from shop.running.supervisor import Command, Supervisor

BYTES_NEEDED = 400_000_000
SECONDS_FOR_A_PORT = 3
SECONDS_FOR_THE_WEB = 60


def run_shop() -> None:
    """Start all, say where it is, and keep it running until Ctrl-C."""
    supervisor = Supervisor(tell)
    supervisor.listen_to_signals()
    with alone_in_folder():
        try:
            start_all(supervisor)
            supervisor.watch()
        except KeyboardInterrupt:
            pass  # asked to end before everything was up
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise CannotStart(f"The disk of {settings.VAR_DIR} is full.") from None
        finally:
            if supervisor.services:
                tell("Stopping …")
                supervisor.stop()
        tell("Stopped.")


def start_all(supervisor: Supervisor) -> None:
    """Servers, then the data, then the three processes that serve people."""
    check_disk()
    check_port()
    if settings.DATABASE_IS_EMBEDDED:
        with step("PostgreSQL"):
            supervisor.start("PostgreSQL", EmbeddedPostgres(settings.VAR_DIR))
    else:
        check_database()
    if settings.REDIS_IS_EMBEDDED:
        with step("Valkey"):
            supervisor.start("Valkey", EmbeddedValkey(settings.VAR_DIR))
    else:
        check_valkey()
    prepare(supervisor)
    if settings.STRIPE_IS_BROUGHT_ALONG:
        # Without it the shop sells all the same, in cash and by transfer.
        supervisor.start("fake_stripe", Command("fake_stripe", var_dir=settings.VAR_DIR, dispensable=True))
        tell(f"· A stand-in for Stripe takes test cards at {settings.STRIPE_API_BASE} (no money moves)")
    if settings.VIETQR_IS_MADE_UP:
        tell("· Transfers go to an account that does not exist; `manage.py demo_transfer ORDER_NUMBER` plays the bank")
    if settings.DEMO:
        tell("· `manage.py demo_sales` plays ten days of sales to be paid out, and a return in each state")
    with step("Web server"):
        supervisor.start("web", Command("web", var_dir=settings.VAR_DIR))
        wait_for_web(supervisor)
    # Nobody waits for these; what they have to do lies in the database until they are up.
    supervisor.start("worker", Command("worker", var_dir=settings.VAR_DIR))
    supervisor.start("scheduler", Command("scheduler", var_dir=settings.VAR_DIR))
    tell("· Worker and scheduler are starting")
    say_where_it_is()


def wait_for_web(supervisor: Supervisor) -> None:
    """Until the first page can be asked for."""
    web = supervisor.services["web"]
    deadline = time.monotonic() + SECONDS_FOR_THE_WEB
    while not web_answers():
        supervisor.stop_if_asked()
        if web.process.poll() is not None or time.monotonic() > deadline:
            raise CannotStart(f"The web server did not start; its log is {web.log}.")
        time.sleep(0.1)


def web_answers() -> bool:
    """Whether our web server is up."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/healthz", timeout=5) as response:
            return response.status == HTTPStatus.OK
    except (URLError, OSError):
        return False


def say_where_it_is() -> None:
    """The last lines of the start: address, accounts, how to end it."""
    accounts = settings.VAR_DIR / "demo-accounts.txt"
    if accounts.exists() and settings.DEMO:
        tell("")
        tell(accounts.read_text().rstrip())
    tell("")
    tell(f"✓ The shop is open: {settings.BASE_URL}/   (English: {settings.BASE_URL}/en/)")
    tell(f"  Logs: {settings.VAR_DIR / 'log'}   Ctrl-C stops everything.")


def check_disk() -> None:
    """A server that runs out of room half-way leaves a puzzle; better not to begin."""
    if shutil.disk_usage(settings.VAR_DIR).free < BYTES_NEEDED:
        raise CannotStart(f"The disk of {settings.VAR_DIR} is full: the shop needs {BYTES_NEEDED // 10**6} MB.")


def check_port() -> None:
    """The port is ours to take; one that a stopping shop still holds is waited for."""
    deadline = time.monotonic() + SECONDS_FOR_A_PORT
    while True:
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((settings.BIND_HOST, settings.PORT))
            except OSError as error:
                if time.monotonic() > deadline:
                    raise CannotStart(
                        f"Port {settings.PORT} cannot be used ({error.strerror}): give another, PORT=8001 make run."
                    ) from None
                time.sleep(0.2)
            else:
                return


def check_database() -> None:
    """DATABASE_URL leads to a PostgreSQL that lets us in."""
    try:
        psycopg.connect(settings.DATABASE_URL, connect_timeout=5).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotStart(f"DATABASE_URL leads to no database that lets us in ({reason}).") from None
    tell("· PostgreSQL of DATABASE_URL answers")


def check_valkey() -> None:
    """REDIS_URL leads to a Valkey that lets us in."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5)
    try:
        client.ping()
    except (redis.RedisError, ValueError) as error:
        raise CannotStart(f"REDIS_URL leads to no Valkey that lets us in ({error}).") from None
    finally:
        client.close()
    tell("· Valkey of REDIS_URL answers")


@contextmanager
def alone_in_folder() -> Iterator[None]:
    """Two shops in one folder would fight over its servers."""
    with (settings.VAR_DIR / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"The shop already runs from {settings.VAR_DIR}: stop it, or give another VAR_DIR and PORT."
            ) from None
        yield


@contextmanager
def step(name: str) -> Iterator[None]:
    """One line that says what took how long."""
    began = time.monotonic()
    yield
    tell(f"· {name} ({time.monotonic() - began:.1f} s)")


def tell(line: str) -> None:
    """A line for the person at the keyboard, at once; a closed terminal is no reason to fail."""
    try:
        print(line, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123  for the rest of this process

"""Being the only one of a kind, on however many machines."""

import os
import signal
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

SECONDS_BETWEEN_QUESTIONS = 2


@contextmanager
def only_one(name: str, *, tell: Callable[[str], object]) -> Iterator[None]:
    """Wait for the database's lock of this name and hold it; a process that loses the lock ends itself.

    The lock belongs to a connection of its own, so the server gives it back the moment that connection is gone.
    """
    key = zlib.crc32(name.encode())
    with psycopg.connect(**_connection_values(), autocommit=True) as holder:
        waiting = False
        while not holder.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone()[0]:
            if not waiting:
                tell(f"Another {name} is at work; waiting until it is gone.")
                waiting = True
            time.sleep(SECONDS_BETWEEN_QUESTIONS)
        done = threading.Event()
        threading.Thread(target=_end_when_lost, args=[holder, done], daemon=True).start()
        try:
            yield
        finally:
            done.set()


def _end_when_lost(holder: psycopg.Connection, done: threading.Event) -> None:
    while not done.wait(SECONDS_BETWEEN_QUESTIONS):
        try:
            holder.execute("SELECT 1")
        except psycopg.Error:
            if done.is_set():
                return
            # Somebody else may hold the lock by now: two schedulers are worse than none for a moment.
            os.kill(os.getpid(), signal.SIGTERM)
            return


def _connection_values() -> dict:
    values = connection.get_connection_params()
    values.pop("cursor_factory", None)
    values.pop("context", None)
    return values

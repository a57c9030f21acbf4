"""A PostgreSQL and a Valkey that may be killed, and the shop's processes on them."""

import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from django.conf import settings
from django.db import connections
from kombu import pools

from shop.celery import app
from shop.common.bundling import write_bundles
from shop.common.messages import compile_messages, message_files
from shop.embedded.postgres import EmbeddedPostgres
from shop.embedded.processes import stop_process
from shop.embedded.valkey import EmbeddedValkey
from tests.fixtures import cluster
from tests.fixtures.processes import start_web, start_worker

# What is committed survives the server. It need not survive the machine, which nobody kills here.
POSTGRES_OPTIONS = ("-c", "fsync=off", "-c", "full_page_writes=off")
UNGUARDED = "tests.races.unguarded"


class Stage:
    """The servers of one evening; every play begins on an untouched database."""

    def __init__(self, run_dir: Path):
        self.run_dir = run_dir
        self.postgres = EmbeddedPostgres(run_dir, options=POSTGRES_OPTIONS)
        self.valkey = EmbeddedValkey(run_dir, append_only=False)
        self._workers: list[subprocess.Popen] = []
        self._webs: dict[tuple, tuple[subprocess.Popen, str]] = {}

    def clear(self) -> None:
        """Forget everything the last play left behind."""
        for process in self._workers:
            stop_process(process, seconds=10)
        self._workers.clear()
        for key in [key for key in self._webs if key[1]]:
            stop_process(self._webs.pop(key)[0], seconds=5)
        connections.close_all()
        self._stand_up()
        cluster.make_database(self.run_dir, settings.DATABASES["default"]["NAME"])
        with redis.Redis.from_url(settings.REDIS_URL) as valkey:
            valkey.flushall()

    def _stand_up(self) -> None:
        """Start again what a play that fell over left lying."""
        if not self.postgres.answers():
            self.postgres.start()
        if not self.valkey.answers():
            self.start_valkey()

    def web(self, guard_off: str = "", *, processes: int = 4, **environment: str) -> str:
        """The address of a web server; the one with all guards serves every play, the others one each."""
        key = (processes, guard_off, tuple(sorted(environment.items())))
        if key not in self._webs:
            self._webs[key] = start_web(processes, {**without(guard_off), **environment})
        return self._webs[key][1]

    def worker(self, guard_off: str = "", **environment: str) -> subprocess.Popen:
        """A worker that is ready for tasks."""
        return start_worker({**without(guard_off), **environment}, self._workers)

    def stop_valkey(self) -> None:
        self.valkey.stop()

    def start_valkey(self) -> None:
        """Start it anew; it remembers nothing, and this process forgets its connections to the old one."""
        self.valkey.start()
        pools.reset()
        app._after_fork()
        app.control._after_fork()

    def crash_postgres(self) -> None:
        """End the server as `pg_ctl restart -m immediate` does, and start it on what it left."""
        connections.close_all()
        if self.postgres.process:
            stop_process(self.postgres.process, gently=signal.SIGQUIT)
        self.postgres.start()

    def close(self) -> None:
        connections.close_all()
        for process in [*self._workers, *(process for process, _ in self._webs.values())]:
            stop_process(process, seconds=5)
        self.valkey.stop()
        self.postgres.stop()


def without(guard_off: str) -> dict[str, str]:
    """The environment of a process that lacks these guards; nothing but our own patched settings reads it."""
    return {"DJANGO_SETTINGS_MODULE": UNGUARDED, "GUARD_OFF": guard_off} if guard_off else {}


@contextmanager
def open_stage() -> Iterator[Stage]:
    """Both servers, started on a copy of the migrated cluster, and everything gone afterwards."""
    write_bundles(settings.BASE_DIR / "static")
    for path in message_files():
        compile_messages(path)
    run_dir = Path(settings.RUN_DIR)
    subprocess.run(["cp", "-a", str(cluster.migrated_cluster()), str(run_dir)], check=True)  # noqa: S607
    stage = Stage(run_dir)
    try:
        stage.postgres.start()
        stage.valkey.start()
        yield stage
    finally:
        stage.close()
        shutil.rmtree(run_dir, ignore_errors=True)

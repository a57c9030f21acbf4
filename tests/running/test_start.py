"""`make run` from the outside: what is missing comes as one sentence, and nothing stays behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from shop.embedded.addresses import database_url, redis_url
from tests.fixtures.cluster import give_migrated_cluster
from tests.fixtures.processes import answers, free_port, poll_until


def run_shop(folder: Path, **variables: str) -> subprocess.Popen:
    """`make run`, less the environment, on servers of its own below `folder`."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"DJANGO_SETTINGS_MODULE": "shop.settings.base", "VAR_DIR": str(folder), **variables}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def stopped_at_the_end(shop: subprocess.Popen) -> Iterator[subprocess.Popen]:
    """A shop that does not outlive a test that failed."""
    try:
        yield shop
    finally:
        if shop.poll() is None:
            shop.kill()
            shop.communicate(timeout=60)


def refusal(process: subprocess.Popen) -> tuple[int, list[str]]:
    """The exit code and what was said on standard error."""
    _, said = process.communicate(timeout=60)
    return process.returncode, said.splitlines()


def processes_below(folder: Path) -> list[str]:
    """Processes that have the folder in their command or their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                text = (entry / "environ").read_bytes() + (entry / "cmdline").read_bytes()
            except OSError:
                continue  # gone, or somebody else's
            if os.fsencode(folder) in text:
                found.append(entry.name)
    return found


def test_port_in_use_is_said(tmp_path):
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        port = squatter.getsockname()[1]
        code, said = refusal(run_shop(tmp_path, PORT=str(port)))

    assert (code, said) == (1, [f"✗ Port {port} cannot be used (Address already in use): give another, PORT=8001 make run."])


@pytest.mark.parametrize(
    ("variables", "beginning"),
    [
        ({"DATABASE_URL": "postgres://shop@127.0.0.1:1/shop"}, "✗ DATABASE_URL leads to no database that lets us in"),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "✗ REDIS_URL leads to no Valkey that lets us in"),
    ],
)
def test_wrong_address_is_said(tmp_path, variables, beginning):
    given = {
        "DATABASE_URL": database_url(settings.RUN_DIR, database="postgres"),
        "REDIS_URL": redis_url(settings.RUN_DIR),
        **variables,
    }
    code, said = refusal(run_shop(tmp_path, PORT=str(free_port()), **given))

    assert (code, len(said)) == (1, 1)
    assert said[0].startswith(beginning)


def test_shop_starts_refuses_a_twin_and_leaves_nothing(tmp_path):
    port = free_port()
    give_migrated_cluster(tmp_path)
    with stopped_at_the_end(run_shop(tmp_path, PORT=str(port))) as shop:
        # Readiness waits for the first worker, which on a busy machine comes up after the web.
        address = f"http://127.0.0.1:{port}"
        poll_until(lambda: shop.poll() is not None or answers(address, "/readyz"), seconds=240, what="the shop's readiness")

        twin_code, twin_said = refusal(run_shop(tmp_path, PORT=str(free_port())))
        shop.send_signal(signal.SIGINT)
        said, _ = shop.communicate(timeout=60)

    assert (twin_code, twin_said) == (1, [f"✗ The shop already runs from {tmp_path}: stop it, or give another VAR_DIR and PORT."])
    assert said.rstrip().endswith("Stopped.")
    assert (shop.returncode, processes_below(tmp_path)) == (0, [])


def test_killed_supervisor_takes_everything_with_it(tmp_path):
    port = free_port()
    shop = run_shop(tmp_path, PORT=str(port))
    poll_until(lambda: shop.poll() is not None or processes_below(tmp_path / "postgres"), seconds=60, what="PostgreSQL's start")
    began = time.monotonic()

    shop.send_signal(signal.SIGKILL)
    shop.communicate(timeout=60)

    poll_until(lambda: not processes_below(tmp_path), seconds=30, what="the end of all processes")
    assert time.monotonic() - began < 30

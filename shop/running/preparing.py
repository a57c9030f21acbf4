"""Preparing the database, and knowing that it was done."""

import hashlib
import sys
import time
from pathlib import Path

from django.conf import settings

from shop.embedded.processes import CannotStart, start_process
from shop.running.supervisor import ROOT, Supervisor

SHAPING = ("shop", "catalogue_ext", "static", "requirements")
MADE_BY_PREPARING = {".mo", ".gz", ".br", ".pyc"}


def prepare(supervisor: Supervisor) -> None:
    """Run `manage.py prepare` with its progress on the screen, unless nothing changed since the last time."""
    stamp = settings.VAR_DIR / "prepared"
    # A database that is not ours may have changed without our knowing; a moved clock moves again at every start.
    now = fingerprint() if settings.DATABASE_IS_EMBEDDED and not settings.SHOP_CLOCK else ""
    if now and stamp.exists() and stamp.read_text() == now:
        return
    process = start_process([sys.executable, ROOT / "manage.py", "prepare"])
    while process.poll() is None:
        if supervisor.stopping:
            process.terminate()
            process.wait()
        time.sleep(0.05)
    supervisor.stop_if_asked()
    if process.returncode != 0:
        raise CannotStart("The database could not be prepared, for the reason above.")
    stamp.write_text(now)


def fingerprint() -> str:
    """Changes with any file that shapes the database, the messages or the styles, and with the shop's address."""
    digest = hashlib.sha256(f"{settings.BASE_URL} {settings.DEMO}".encode())
    for path in sorted(path for top in SHAPING for path in (ROOT / top).rglob("*")):
        if path.is_file() and path.suffix not in MADE_BY_PREPARING and _is_source(path):
            status = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _is_source(path: Path) -> bool:
    return "dist" not in path.relative_to(ROOT).parts

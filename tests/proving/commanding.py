"""What both commands do before anything else."""

import logging
import signal
import sys

from django.conf import settings


def write_log(name: str) -> None:
    """What the shop says while it is being broken goes into a file; SIGTERM ends the servers as Ctrl-C does."""
    log = settings.BASE_DIR / "var" / f"{name}.log"
    log.parent.mkdir(exist_ok=True)
    handler = logging.FileHandler(log, mode="w")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().handlers = [handler]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

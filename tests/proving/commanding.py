"""What both commands do before anything else, and when somebody has seen enough."""

import logging
import signal
import sys

from django.conf import settings


def write_log(name: str) -> None:
    """What the shop says while it is being broken goes into a file; Ctrl-C and SIGTERM end the servers first."""
    log = settings.BASE_DIR / "var" / f"{name}.log"
    log.parent.mkdir(exist_ok=True)
    handler = logging.FileHandler(log, mode="w")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().handlers = [handler]
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: sys.exit(1))

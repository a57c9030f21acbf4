"""How gunicorn serves the shop: what each of its settings is for."""

import gc
from typing import Any

THREADS = 4
# A page makes some ten thousand objects and few circles: looking for those after every 700 costs a twentieth of its time.
COLLECT_AFTER = (10_000, 20, 20)


def serving_of(*, bind: str, workers: int) -> dict[str, Any]:
    """Return gunicorn's settings for a server with so many worker processes at this address."""
    return {
        "bind": bind,
        "workers": workers,
        "threads": THREADS,
        "worker_class": "shop.running.draining.DrainingWorker",
        "preload_app": True,
        # SIGTERM lets requests that are under way end.
        "graceful_timeout": 25,
        "timeout": 60,
        "accesslog": None,
        "control_socket_disable": True,
    }


def settle_memory() -> None:
    """Call once when all code is loaded and before workers part: what is there stays, and they go on sharing it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)

"""How gunicorn serves the shop: what each of its settings is for."""

from typing import Any

THREADS = 4


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

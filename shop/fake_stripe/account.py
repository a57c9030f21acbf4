"""The account of the shop at the stand-in: its memory, its clock, what is due, and the events that tell of changes."""

import copy
import threading
import time
from collections.abc import Callable
from pathlib import Path

from .store import Store, new_id

API_VERSION = "2026-10-28.endive"


class Account:
    """`emit` writes an event and hands it to whoever listens; `later` does something after a while, also after a restart."""

    def __init__(self, *, base_url: str, path: Path | None = None):
        self.base_url = base_url
        self.store = Store(path)
        self.ahead_seconds = 0
        self.listeners: list[Callable[[dict], None]] = []
        # What the request under way says of itself in the events it causes.
        self.request = threading.local()
        self.actions: dict[str, Callable[[Account, str], None]] = {}

    @property
    def lock(self) -> threading.RLock:
        """Held by whoever reads and then changes."""
        return self.store.lock

    def now(self) -> int:
        """Seconds since 1970; a test may move the stand-in ahead."""
        return int(time.time()) + self.ahead_seconds

    def emit(self, kind: str, thing: dict) -> dict:
        """Write an event with the object as it is now."""
        event = {
            "id": new_id("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.now(),
            "data": {"object": copy.deepcopy(thing)},
            "livemode": False,
            "pending_webhooks": len(self.listeners),
            "request": {
                "id": getattr(self.request, "id", None),
                "idempotency_key": getattr(self.request, "idempotency_key", None),
            },
            "type": kind,
        }
        self.store.keep(event)
        for listen in self.listeners:
            listen(event)
        return event

    def later(self, seconds: int, action: str, target: str) -> None:
        """Do one of `actions` to an object once so many seconds have passed."""
        self.store.keep({"object": "_due", "id": new_id("due"), "at": self.now() + seconds, "action": action, "target": target})

    def catch_up(self) -> None:
        """Do what has become due."""
        with self.lock:
            now = self.now()
            for due in [due for due in self.store.all("_due") if due["at"] <= now]:
                self.store.drop(due)
                self.actions[due["action"]](self, due["target"])

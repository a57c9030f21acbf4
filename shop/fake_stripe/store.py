"""The memory of the stand-in: objects by kind and id, kept in a file when one is given."""

import json
import secrets
import sqlite3
import string
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from .errors import missing

LETTERS = string.ascii_letters + string.digits
PAGE_MAX = 100


class Store:
    """One dictionary per kind of object. Whoever changes an object holds `lock` and calls `keep` afterwards."""

    def __init__(self, path: Path | None = None):
        self.lock = threading.RLock()
        self._kinds: dict[str, dict[str, dict]] = {}
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None) if path else None
        if self._file:
            # A stand-in may forget its last second when the machine loses power.
            self._file.execute("PRAGMA synchronous=OFF")
            self._file.execute(
                "CREATE TABLE IF NOT EXISTS objects "
                "(position INTEGER PRIMARY KEY, kind TEXT, id TEXT, body TEXT, UNIQUE (kind, id))"
            )
            for (body,) in self._file.execute("SELECT body FROM objects ORDER BY position"):
                self._remember(json.loads(body))

    def keep(self, thing: dict) -> dict:
        """Write a new or changed object."""
        with self.lock:
            self._remember(thing)
            if self._file:
                self._file.execute(
                    "INSERT INTO objects (kind, id, body) VALUES (?, ?, ?) "
                    "ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
                    (thing["object"], thing["id"], json.dumps(thing)),
                )
        return thing

    def drop(self, thing: dict) -> None:
        """Forget an object."""
        with self.lock:
            self._kinds.get(thing["object"], {}).pop(thing["id"], None)
            if self._file:
                self._file.execute("DELETE FROM objects WHERE kind = ? AND id = ?", (thing["object"], thing["id"]))

    def get(self, kind: str, identifier: str) -> dict:
        """The object; a 404 in Stripe's words when there is none."""
        try:
            return self._kinds.get(kind, {})[identifier]
        except KeyError:
            raise missing(kind, identifier) from None

    def all(self, kind: str) -> Iterator[dict]:
        """Every object of a kind, the oldest first."""
        with self.lock:
            return iter(list(self._kinds.get(kind, {}).values()))

    def page(self, kind: str, asked: dict, *, url: str, matches: Callable[[dict], bool] = lambda _: True) -> dict:
        """One page of a list, the newest first: `created`, `limit`, `starting_after` and `ending_before` as documented."""
        found = [thing for thing in reversed(list(self.all(kind))) if matches(thing) and _is_of_time(thing, asked)]
        limit = asked.get("limit", 10)
        positions = {thing["id"]: position for position, thing in enumerate(found)}
        if asked.get("ending_before"):
            end = positions.get(asked["ending_before"], 0)
            part, rest = found[max(0, end - limit) : end], end > limit
        else:
            start = positions.get(asked.get("starting_after"), -1) + 1
            part, rest = found[start : start + limit], len(found) > start + limit
        return {"object": "list", "url": url, "has_more": rest, "data": part}

    def _remember(self, thing: dict) -> None:
        self._kinds.setdefault(thing["object"], {})[thing["id"]] = thing


def new_id(prefix: str, length: int = 24) -> str:
    """An id nobody can guess, with the prefix Stripe gives this kind."""
    return f"{prefix}_{''.join(secrets.choice(LETTERS) for _ in range(length))}"


def _is_of_time(thing: dict, asked: dict) -> bool:
    wanted = asked.get("created", {})
    if isinstance(wanted, int):
        return thing["created"] == wanted
    tests = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
    return all(tests[name](thing["created"], moment) for name, moment in wanted.items())

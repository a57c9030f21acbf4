"""What has changed when, held against what a visitor was shown."""

import time
from collections import defaultdict
from dataclasses import dataclass
from threading import Lock

from .changes import Change

PROMISE_SECONDS = 30


@dataclass(frozen=True)
class Behind:
    """A page that still showed something for longer than is promised."""

    kind: str
    path: str
    seconds: float


class Journal:
    """Written by the one who changes, read by those who look."""

    def __init__(self, *, promise_seconds: float = PROMISE_SECONDS) -> None:
        self.promise_seconds = promise_seconds
        self.changes: dict[str, int] = defaultdict(int)
        self.behind: list[Behind] = []
        # The longest a page was seen behind, within the promise or not.
        self.longest_seconds = 0.0
        self._of_path: dict[str, list[tuple[float, Change]]] = defaultdict(list)
        self._off_shelf: list[tuple[float, Change]] = []
        self._lock = Lock()

    def note(self, change: Change) -> None:
        """Write down a change that has just been committed."""
        at = time.monotonic()
        with self._lock:
            self.changes[change.kind] += 1
            # The same price or number may come back; only the newest of a kind says what is gone.
            kept = [entry for entry in self._of_path[change.path] if entry[1].kind != change.kind]
            self._of_path[change.path] = [*kept, (at, change)]
            if change.is_off_shelf:
                self._off_shelf.append((at, change))

    def look(self, path: str, page: str, *, asked_at: float) -> None:
        """Check a page that was asked for at `asked_at` (monotonic)."""
        # Cards of other goods may cost the same; what counts is what the page says of its own.
        own = page.split('class="rail', maxsplit=1)[0]
        with self._lock:
            known = list(self._of_path.get(path, ()))
            # On a list a link to what was suspended is the star that is not true any more.
            if not known and "/san-pham/" in page:
                known = [(at, change) for at, change in self._off_shelf if f'href="{change.path}"' in page]
                self._judge(path, known, asked_at)
                return
        self._judge(path, [(at, change) for at, change in known if change.gone in own], asked_at)

    def _judge(self, path: str, seen: list[tuple[float, Change]], asked_at: float) -> None:
        for at, change in seen:
            seconds = asked_at - at
            self.longest_seconds = max(self.longest_seconds, seconds)
            if seconds > self.promise_seconds:
                self.behind.append(Behind(change.kind, path, seconds))

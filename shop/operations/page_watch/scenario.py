"""Visitors at rest and visitors while the shop is at work: what rate each had, and whether any page was behind."""

import http.client
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import cycle
from threading import Event, Thread
from typing import Any

from .changes import ROUND, Changes
from .journal import Journal

LISTS = ("/", "/san-pham/", "/tinh/", "/tim/?q=che", "/so-dang-ky/")
VISITORS = 4
OK, GONE = 200, 410


class WrongAnswer(Exception):
    """A visitor got something else than a page."""


@dataclass
class Outcome:
    """What came of it; `share` is the rate at work over the rate at rest."""

    idle_rate: float
    busy_rate: float
    changes: dict[str, int]
    behind: list[dict[str, Any]]
    longest_seconds: float

    @property
    def share(self) -> float:
        return self.busy_rate / self.idle_rate


def run_scenario(*, port: int, seconds: float, tell: Callable[[str], None]) -> Outcome:
    """Visit the shop on a port of this machine for `seconds` at rest, then for as long with seven changes a second."""
    changes, journal = Changes(), Journal()
    paths = [*LISTS, *changes.paths]
    visit_for(paths, port=port, seconds=min(seconds, 3), journal=journal)  # the first visit to a page makes it
    tell("at rest …")
    idle = visit_for(paths, port=port, seconds=seconds, journal=journal)
    tell("five orders, one price and one suspension a second …")
    done = Event()
    working = Thread(target=_work, args=(changes, journal, done), daemon=True)
    working.start()
    try:
        busy = visit_for(paths, port=port, seconds=seconds, journal=journal)
    finally:
        done.set()
        working.join()
    behind = [asdict(one) for one in journal.behind]
    return Outcome(idle, busy, dict(journal.changes), behind, journal.longest_seconds)


def visit_for(paths: list[str], *, port: int, seconds: float, journal: Journal) -> float:
    """Let a few visitors look at all pages in turn; returns pages a second."""
    until, counts = time.monotonic() + seconds, [0] * VISITORS
    problems: list[Exception] = []

    def visit(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            for path in cycle(paths[number::VISITORS]):
                if time.monotonic() > until or problems:
                    return
                _look(connection, path, journal)
                counts[number] += 1
        except (WrongAnswer, OSError, http.client.HTTPException) as problem:
            problems.append(problem)
        finally:
            connection.close()

    visitors = [Thread(target=visit, args=(number,)) for number in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    if problems:
        raise problems[0]
    return sum(counts) / seconds


def _look(connection: http.client.HTTPConnection, path: str, journal: Journal) -> None:
    asked_at = time.monotonic()
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    if answer.status not in {OK, GONE}:
        raise WrongAnswer(f"{path} answered {answer.status}")
    journal.look(path, page, asked_at=asked_at)


def _work(changes: Changes, journal: Journal, done: Event) -> None:
    """Seven changes a second, as evenly as they come."""
    began, made = time.monotonic(), 0
    while not done.wait(max(0.0, began + made / len(ROUND) - time.monotonic())):
        journal.note(changes.make_next())
        made += 1

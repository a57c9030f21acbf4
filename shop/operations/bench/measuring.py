"""Visiting for a while, and what that cost."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

from .client import Client, Visit
from .processes import cpu_seconds
from .stage import Server, Stage

COUNTED_VISITS = 5
WARMING_VISITS = 20
MANY = 8
MILLISECONDS = 1000

# Makes a visit that is different each time.
Maker = Callable[[random.Random], Visit]


@dataclass
class Phase:
    """One stretch of visiting: how long each visit and each request took, and how long it all took."""

    visits: list[float] = field(default_factory=list)
    requests: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.visits) / self.seconds


@dataclass(frozen=True)
class Cost:
    """What one visit costs, in milliseconds of processor and of waiting, and how many a second there can be."""

    statements: float
    python_ms: float
    postgres_ms: float
    p50_ms: float
    p95_ms: float
    rate_alone: float
    rate_many: float


def measure(make: Maker, *, server: Server, stage: Stage, seconds: float, is_mixed: bool = False) -> Cost:
    """Visit alone, then with seven others, each for so many seconds; processor time is that of the visits alone.

    How long people wait is said of visits that are alone, too; of mixed ones it is said of requests among many.
    """
    statements = count_statements(make, port=server.port)
    # By many, so that each process of the server has made such a page.
    visit_for(make, port=server.port, clients=MANY, seconds=seconds, most=WARMING_VISITS)
    python, postgres = cpu_seconds(server.pid), cpu_seconds(stage.postgres_pid)
    alone = visit_for(make, port=server.port, clients=1, seconds=seconds)
    python, postgres = cpu_seconds(server.pid) - python, cpu_seconds(stage.postgres_pid) - postgres
    many = visit_for(make, port=server.port, clients=MANY, seconds=seconds)
    waited = many.requests if is_mixed else alone.visits
    return Cost(
        statements=statements,
        python_ms=python / len(alone.visits) * MILLISECONDS,
        postgres_ms=postgres / len(alone.visits) * MILLISECONDS,
        p50_ms=percentile(waited, 50) * MILLISECONDS,
        p95_ms=percentile(waited, 95) * MILLISECONDS,
        rate_alone=alone.rate,
        rate_many=many.rate,
    )


def count_statements(make: Maker, *, port: int) -> float:
    """Return how many statements a visit takes once the server is warm."""
    client, counts = Client(port, counted=True), []
    for number in range(COUNTED_VISITS):
        client.make(make(random.Random(number)))  # noqa: S311  the same visits in each run
        counts.append(client.statements)
    client.close()
    return statistics.median(counts)


def visit_for(make: Maker, *, port: int, clients: int, seconds: float, most: int | None = None) -> Phase:
    """Let so many visitors go on for so long; the first answer that is wrong ends it all."""
    stopped, began = Event(), time.perf_counter()

    def visit(number: int) -> Phase:
        client, phase, chance = Client(port), Phase(), random.Random(f"visitor {number}")  # noqa: S311  the same
        try:
            while not stopped.is_set() and time.perf_counter() - began < seconds and len(phase.visits) != most:
                started = time.perf_counter()
                client.make(make(chance))
                phase.visits.append(time.perf_counter() - started)
        finally:
            stopped.set()
            client.close()
        phase.requests = client.request_seconds
        return phase

    with ThreadPoolExecutor(clients) as pool:
        phases = list(pool.map(visit, range(clients)))
    return Phase(
        visits=[taken for phase in phases for taken in phase.visits],
        requests=[taken for phase in phases for taken in phase.requests],
        seconds=time.perf_counter() - began,
    )


@contextmanager
def repeated(make: Maker, *, port: int) -> Iterator[None]:
    """Make such a visit once a second while the block runs."""
    done, client, chance = Event(), Client(port), random.Random("beside")  # noqa: S311  the same in each run

    def repeat() -> None:
        while not done.wait(1):
            client.make(make(chance))

    with ThreadPoolExecutor(1) as pool:
        repeating = pool.submit(repeat)
        try:
            yield
        finally:
            done.set()
            repeating.result()
            client.close()


def percentile(values: list[float], percent: int) -> float:
    """Return the value that so many percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]

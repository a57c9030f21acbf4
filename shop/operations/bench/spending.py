"""What a command of manage.py takes: time, and processor time of its own and of PostgreSQL's."""

import resource
import time
from dataclasses import dataclass

from .processes import cpu_seconds
from .stage import Stage
from .surroundings import manage


@dataclass(frozen=True)
class Spent:
    """Seconds of the wall, of Python and of PostgreSQL."""

    seconds: float
    python: float
    postgres: float


def spend(stage: Stage, *words: str) -> Spent:
    """Run a command on the measured database; raises CannotStart when it ends with anything but 0."""
    python, postgres, began = _children_seconds(), cpu_seconds(stage.postgres_pid), time.perf_counter()
    manage(stage.environment(), *words)
    seconds = time.perf_counter() - began
    return Spent(seconds, _children_seconds() - python, cpu_seconds(stage.postgres_pid) - postgres)


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime

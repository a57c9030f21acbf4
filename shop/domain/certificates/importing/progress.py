"""How far a worker is with an import: a hint for people who wait, worth nothing once it is over."""

from django.core.cache import cache

# Long enough for the largest list; the hint of a killed worker is written over by the next one.
KEPT_SECONDS = 600


def tell_progress(*, run_id: int, done: int) -> None:
    """Say how many rows are written; outside the transaction, for others cannot see into it."""
    cache.set(_key(run_id), done, KEPT_SECONDS)


def progress_of(*, run_id: int) -> int:
    """Return how many rows are written, 0 when nobody said so."""
    return cache.get(_key(run_id), 0)


def _key(run_id: int) -> str:
    return f"import:{run_id}:done"

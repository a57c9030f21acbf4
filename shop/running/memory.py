"""How often a process looks for circles of objects that nothing leads to."""

import gc

# A page makes some ten thousand objects and few circles, an import a million and none: after every 700, as Python does of
# itself, looking for them costs a twentieth of the time of a page and a fifth of that of an import.
COLLECT_AFTER = (10_000, 20, 20)


def collect_rarely() -> None:
    """Call at the beginning of a process; those it parts into do as it does."""
    gc.set_threshold(*COLLECT_AFTER)


def settle_memory() -> None:
    """Call once when all code is loaded and before workers part: what is there stays, and they go on sharing it."""
    gc.collect()
    gc.freeze()

"""How often a process of ours looks for lost circles of objects, and what it leaves alone."""

import gc
from collections.abc import Iterator

import pytest

from shop.running import memory
from shop.running.command_line import run_command_line


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_every_command_collects_rarely():
    run_command_line(["manage.py", "version"])

    assert gc.get_threshold() == memory.COLLECT_AFTER


def test_loaded_code_is_left_alone_by_the_collector():
    memory.settle_memory()

    assert gc.get_freeze_count() > 10_000

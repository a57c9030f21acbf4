"""Which test enters which function, and how long each takes: all are run once, watched, and what was seen is kept.

A test whose file has not changed since is not watched again: eight minutes of mistakes are not to cost four of watching.
"""

import builtins
import json
import time
from collections import defaultdict
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.operators import watched


def watch(items, files, functions, kept_in: Path, *, again: bool):
    """Return the tests by (file, function) and the seconds of each."""
    seen = json.loads(kept_in.read_text()) if kept_in.exists() and not again else {}
    seen |= _run(_to_watch(items, seen), files, functions)
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    kept_in.write_text(json.dumps(seen))
    entered, seconds = defaultdict(list), {}
    for item in items:
        _, seconds[item], places = seen[item.nodeid]
        for file, function in places:
            entered[file, function].append(item)
    return entered, seconds


class Elsewhere:
    """As if the next test were in no file of ours: everything is torn down but what the whole run shares."""

    def __init__(self, session):
        self.session = session

    def listchain(self):
        """What a test stands on, as pytest asks for it."""
        return [self.session]


def run_alone(item):
    """Run a test, whichever came before and comes after it."""
    return runtestprotocol(item, log=False, nextitem=Elsewhere(item.session))


def exchange(functions, code):
    """Let functions do something else from now on."""
    for function in functions:
        function.__code__ = code


def _to_watch(items, seen):
    """What is new or changed; and one in any case, for the database is made by the first test that asks for it."""
    news = [item for item in items if item.nodeid not in seen or seen[item.nodeid][0] != _changed_at(item)]
    return news or [_asks_for_database(items)]


def _asks_for_database(items):
    return next((item for item in items if item.get_closest_marker("django_db") or "db" in item.fixturenames), items[0])


def _changed_at(item):
    return item.path.stat().st_mtime_ns


def _run(items, files, functions):
    """Functions tell of themselves: a profiler that is asked at every call makes it three times as long."""
    told, seen = set(), {}
    builtins.note_entered = told.add
    as_they_are = [(function, function.__code__) for alike in functions.values() for function in alike]
    for path in files:
        for name, code in watched(path):
            exchange(functions[str(path), name], code)
    # The first one that asks for the database makes it: that is not the time this test takes.
    run_alone(_asks_for_database(items))
    for item in items:
        told.clear()
        began = time.monotonic()
        reports = run_alone(item)
        seen[item.nodeid] = (_changed_at(item), time.monotonic() - began, sorted(told))
        if failed := [report for report in reports if report.failed]:
            pytest.exit(f"{item.nodeid} fails without any mistake:\n{failed[0].longreprtext}", 1)
    for function, code in as_they_are:
        function.__code__ = code
    return seen

"""`pytest -p tests.mutation.plugin --mutate shop/domain/stock tests/domain/stock …` says which mistakes the tests notice.

The tests are collected and run once, watched: which test enters which function. Then a child is forked for each mutant,
puts the wrong code into the function and runs the tests that enter it until one fails. The process with Django, the
servers and the database is made once, so a mutant costs what its tests cost.
"""

import gc
import json
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from dataclasses import replace
from functools import _lru_cache_wrapper
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from types import FunctionType

import pytest
from django.conf import settings
from django.db import connections

from tests.mutation.operators import Mutant, mutants_of
from tests.mutation.watching import exchange, run_alone, watch

# How a child ends: 0, or the number of the test that noticed.
SURVIVED, LAST_NUMBER, TIMED_OUT = 0, 250, 251
SECONDS_AT_LEAST = 20
# A mistake that so many seconds of tests do not notice counts as not noticed; those of tests that mirror its file count a fifth.
SECONDS_OF_TESTS, PATIENCE_WITH_MIRROR = 6, 5
CONTROL_EVERY = 25
NEEDS_OTHERS = {"transactional_db", "live_stack", "celery_worker_process", "browser"}


def pytest_addoption(parser):
    group = parser.getgroup("mutation")
    group.addoption("--mutate", help="the folder or file whose mistakes are to be found")
    group.addoption("--mutate-seconds", type=int, default=0, help="stop after so long; 0: take all")
    group.addoption(
        "--mutate-part", default="1/1", help="2/6: the second sixth, as fair a sample as any; parts add up in one report"
    )
    group.addoption("--mutate-watch", action="store_true", help="watch all tests again, also those whose file has not changed")
    group.addoption("--mutate-survivors", action="store_true", help="only those that survived the last run")


def pytest_collection_modifyitems(config, items):
    """Only tests that leave the database as it was can share it with a thousand others."""
    items[:] = [item for item in items if not NEEDS_OTHERS & set(item.fixturenames) and not _commits(item)]


def _commits(item):
    mark = item.get_closest_marker("django_db")
    return mark is not None and mark.kwargs.get("transaction", False)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    target = (settings.BASE_DIR / session.config.option.mutate).resolve()
    files = [target] if target.is_file() else [path for path in sorted(target.rglob("*.py")) if _is_code(path)]
    for path in files:
        import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    functions = _functions_by_place({str(path) for path in files})
    name = session.config.option.mutate.strip("/").replace("/", ".")
    kept_in = settings.BASE_DIR / "var" / "mutants" / f"{name}.watched.json"
    entered, seconds = watch(session.items, files, functions, kept_in, again=session.config.option.mutate_watch)
    Run(session, files, entered, seconds, functions).go()
    return True


def _is_code(path):
    """`sheets` opens files in a process of its own, which none of our exchanges reaches."""
    left_out = {"migrations", "management", "sheets"}
    return not left_out & set(path.parts) and path.name not in {"apps.py", "admin.py", "__init__.py"}


class Run:
    """One walk through the mutants of some files."""

    def __init__(self, session, files, entered, seconds, functions):
        self.files, self.entered, self.seconds = files, entered, seconds
        self.options = session.config.option
        self.items = session.items
        self.results: dict[str, str] = {}
        self.report = settings.BASE_DIR / "var" / "mutants" / f"{self.options.mutate.strip('/').replace('/', '.')}.json"
        self.functions = functions
        self.caches = _caches_by_file({str(path) for path in files})
        self.last_words = self.report.with_suffix(".last")
        self.noticed: dict[tuple, Counter] = defaultdict(Counter)

    def go(self):
        mutants = [mutant for path in self.files for mutant in mutants_of(path)]
        if self.options.mutate_survivors:
            before = json.loads(self.report.read_text())
            mutants = [mutant for mutant in mutants if before.get(mutant.name, "killed") != "killed"]
        # A run that is cut short has then seen a fair sample.
        random.Random(7).shuffle(mutants)  # noqa: S311
        part, parts = map(int, self.options.mutate_part.split("/"))
        mutants = mutants[part - 1 :: parts]
        # Nothing made so far is looked through again, and copied by that, in a thousand children.
        gc.collect()
        gc.freeze()
        began = time.monotonic()
        for number, mutant in enumerate(mutants):
            if number % CONTROL_EVERY == 0:
                self.look_at_nothing(mutant)
            if self.options.mutate_seconds and time.monotonic() - began > self.options.mutate_seconds:
                break
            self.results[mutant.name] = self.fate_of(mutant)
            if self.results[mutant.name] != "killed":
                _say(f"{self.results[mutant.name]}: {mutant.path.relative_to(settings.BASE_DIR)} {mutant.name}")
        self.tell(len(mutants), time.monotonic() - began)

    def look_at_nothing(self, mutant: Mutant):
        """A child without a mistake has to live: else its tests fail for another reason, and nothing killed says anything."""
        as_it_is = self.functions[str(mutant.path), mutant.function]
        if as_it_is and self.fate_of(replace(mutant, code=as_it_is[0].__code__)) == "killed":
            pytest.exit(f"Without any mistake in {mutant.function}:\n{self.last_words.read_text()}", 1)

    def fate_of(self, mutant: Mutant) -> str:
        place = (str(mutant.path), mutant.function)
        tests = self.tests_of(place, mutant)
        if not tests:
            return "not entered"
        connections.close_all()
        child = os.fork()
        if child == 0:
            self._live_with(mutant, tests)
        ended = _wait(child, SECONDS_AT_LEAST + 5 * sum(self.seconds[item] for item in tests))
        if 0 < ended <= len(tests):
            self.noticed[place][tests[ended - 1]] += 1
        return "survived" if ended == SURVIVED else "killed"

    def tests_of(self, place, mutant: Mutant) -> list[pytest.Item]:
        """What noticed mistakes in this function before, then the quickest, so that a slow test keeps none of them out."""
        noticed = self.noticed[place]
        cost = {item: self.seconds[item] / _patience(item, mutant) for item in self.entering(place)}
        order = sorted(cost, key=lambda item: (-noticed[item], cost[item]))
        spent = accumulate((cost[item] for item in order), initial=0.0)
        return [item for item, before in zip(order, spent, strict=False) if before < SECONDS_OF_TESTS]

    def entering(self, place) -> list[pytest.Item]:
        """The tests that enter a function; one that remembers its answers was entered by whichever test came first."""
        file, function = place
        if all(cache.__qualname__ != function for cache in self.caches[file]):
            return self.entered[place]
        return list(dict.fromkeys(item for (where, _), items in self.entered.items() if where == file for item in items))

    def _live_with(self, mutant, tests):
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        try:
            exchange(self.functions[str(mutant.path), mutant.function], mutant.code)
            for cache in self.caches[str(mutant.path)]:
                cache.cache_clear()
            for number, item in enumerate(tests, 1):
                reports = run_alone(item)
                if failed := [report for report in reports if report.failed]:
                    self.last_words.write_text(f"{item.nodeid}\n{failed[0].longreprtext}")
                    os._exit(min(number, LAST_NUMBER))
        except BaseException:  # noqa: BLE001  whatever ends the child, somebody noticed
            os._exit(LAST_NUMBER)
        os._exit(SURVIVED)

    def tell(self, total, seconds):
        self.report.parent.mkdir(parents=True, exist_ok=True)
        adds_up = self.options.mutate_survivors or not self.options.mutate_part.startswith("1/")
        kept = json.loads(self.report.read_text()) if adds_up else {}
        self.report.write_text(json.dumps(kept | self.results, ensure_ascii=False, indent=1))
        counts = Counter(self.results.values())
        tried = sum(counts.values())
        share = 100 * counts["killed"] / tried if tried else 100.0
        _say(
            f"{self.options.mutate}: {counts['killed']} of {tried} killed ({share:.1f} %), {counts['survived']} survived, "
            f"{counts['not entered']} not entered; {total} mutants, {seconds:.0f} s"
        )


def _patience(item, mutant: Mutant) -> int:
    return PATIENCE_WITH_MIRROR if item.path.name == f"test_{mutant.path.stem}.py" else 1


def _functions_by_place(files):
    places = defaultdict(list)
    for thing in gc.get_objects():
        # Asked of its type: a lazy object would be made by asking what it is an instance of.
        if type(thing) is FunctionType and thing.__code__.co_filename in files:
            places[thing.__code__.co_filename, thing.__code__.co_qualname].append(thing)
    return places


def _caches_by_file(files):
    caches = defaultdict(list)
    for thing in gc.get_objects():
        if type(thing) is _lru_cache_wrapper and thing.__wrapped__.__code__.co_filename in files:
            caches[thing.__wrapped__.__code__.co_filename].append(thing)
    return caches


def _wait(child, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return TIMED_OUT


def _say(line):
    sys.__stdout__.write(f"{line}\n")
    sys.__stdout__.flush()

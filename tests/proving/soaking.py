"""`make soak`: many rounds of everything, the audit after each, and thousands of spoilt lists. Ends by itself.

ROUNDS=3 plays at most three rounds of each, MINUTES=30 begins no new round after half an hour, MUTANTS=500 spoils so many
lists. Exit 0 when every round that was played held, every twin without its guard lost, and no mutant got through.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack

os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.test"

import django

django.setup()

from django.conf import settings

from tests.fixtures import cluster
from tests.proving.commanding import write_log
from tests.proving.playing import Result, play_row
from tests.proving.programme import MUTANTS, SOAK, Series
from tests.proving.scenario import Words
from tests.proving.stage import Stage, open_stage
from tests.proving.tally import Tally

ROUND = Words("vòng {number}/{rounds}", "round {number}/{rounds}")
TWIN = Words("bỏ lớp bảo vệ", "without its guard")
AUDIT = Words("kiểm toán: {broken}", "audit: {broken}")
HALVES = 2


def main() -> int:
    write_log("soak")
    most, minutes = (int(os.environ.get(name, default)) for name, default in (("ROUNDS", 1000), ("MINUTES", 240)))
    mutants = int(os.environ.get("MUTANTS", MUTANTS))
    stop_at = time.monotonic() + minutes * 60
    tally = Tally()
    with open_stage() as stage:
        for series in SOAK:
            soak(series, stage, tally, rounds=min(series.rounds, most), stop_at=stop_at)
        if mutants:
            tally.mutants(fuzz(stage, mutants), mutants)
    print("\n" + "\n".join(tally.lines()))
    return 0 if tally.is_good else 1


def soak(series: Series, stage: Stage, tally: Tally, *, rounds: int, stop_at: float) -> None:
    """One play without the guard, then the rounds with it."""
    scenario, line = series.scenario, tally.begin(series.scenario, rounds)
    print(f"\n{scenario.promise}  {scenario.name()}", flush=True)
    for number in range(rounds + 1):
        if time.monotonic() > stop_at:
            return
        result = play_row(scenario.in_round(number), stage, guarded=number > 0)
        tally.add(line, result, guarded=number > 0)
        say(result, ROUND.say(number=number, rounds=rounds) if number else TWIN.say(), must_hold=number > 0)


def say(result: Result, what: str, *, must_hold: bool) -> None:
    good = result.kept is must_hold and not result.went_wrong
    audit = AUDIT.say(broken=result.broken)
    print(f"    {what:<18} {'✓' if good else '✗'} {result.sentence}  ({audit}, {result.seconds:.1f} s)", flush=True)


def fuzz(stage: Stage, count: int) -> bool:
    """Half of the mutants on each core, each half on a database of its own; whether none got through."""
    stage.clear()
    share = -(-count // HALVES)
    with ExitStack() as folders:
        children = []
        for half in range(HALVES):
            cluster.make_database(stage.run_dir, f"shop_{half + 1}")
            private = folders.enter_context(tempfile.TemporaryDirectory())
            environment = {**os.environ, "PYTEST_XDIST_WORKER": f"gw{half + 1}", "PRIVATE_STORAGE_URL": f"file://{private}"}
            words = [sys.executable, "-m", "tests.fuzzing", str(half * share), str(min(share, count - half * share))]
            children.append(subprocess.Popen(words, env=environment, cwd=settings.BASE_DIR))
        codes = [child.wait() for child in children]
        return not any(codes)


if __name__ == "__main__":
    sys.exit(main())

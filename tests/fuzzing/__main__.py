"""`python -m tests.fuzzing FIRST COUNT`: so many mutants from that seed on; one mutant again is COUNT 1."""

import os
import resource
import sys
from collections import Counter

os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.test"
has_stage = "SHOP_TEST_RUN" in os.environ

import django

django.setup()

from django.conf import settings

from shop.common import clock
from tests.fuzzing.judging import MEGABYTES_MAX, try_mutants
from tests.proving.stage import open_stage

FAILURES = settings.BASE_DIR / "var" / "fuzz"


def main(first: int, count: int) -> int:
    endings: Counter[str] = Counter()
    slowest = 0.0

    def say(verdict) -> None:
        nonlocal slowest
        endings[verdict.ending] += 1
        slowest = max(slowest, verdict.seconds)
        if endings.total() % 100 == 0 or endings.total() == count:
            print(f"{endings.total():>6} {dict(endings)} slowest {slowest:.1f} s", flush=True)

    found = try_mutants(range(first, first + count), now=clock.now(), folder=FAILURES, say=say)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if peak > MEGABYTES_MAX:
        found.append(f"the process that imports took {peak} MB")
    for fault in found:
        print(f"✗ {fault}")
    print(f"{count} mutants, {len(found)} faults" + (f"; the files are in {FAILURES}" if found else ""))
    return 1 if found else 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    if has_stage:
        sys.exit(main(*numbers))
    with open_stage() as stage:
        stage.clear()
        sys.exit(main(*numbers))

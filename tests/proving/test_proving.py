"""`make prove`, as small as it can be told: every guard holds, and every one is needed."""

import os
import subprocess
import sys

from django.conf import settings

from tests.proving.programme import TINY

# Of each sort one: buyers, an office, a process that dies. `make prove` plays all of them, and the races have the rest.
SCENARIOS = ("LastUnits", "Revoked", "KilledWorker")


def test_scenarios_lose_without_their_guard_and_hold_with_it():
    # Servers of its own, for it kills them.
    own = {name: value for name, value in os.environ.items() if name not in {"SHOP_TEST_RUN", "PYTEST_XDIST_WORKER"}}
    done = subprocess.run(
        [sys.executable, "-m", "tests.proving", "--tiny", *SCENARIOS],
        cwd=settings.BASE_DIR,
        env={**own, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.count("✗") == 0
    assert done.stdout.count("✓ loses") == done.stdout.count("✓ holds") == len(SCENARIOS)
    assert set(SCENARIOS) <= {type(scenario).__name__ for scenario in TINY}

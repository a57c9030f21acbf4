"""Which scenarios are played, and how big: for a visitor, for a test, and for a night."""

from dataclasses import dataclass

from tests.proving.scenario import Scenario
from tests.proving.scenarios.last_units import HotShelf, LastUnits
from tests.proving.scenarios.outages import PostgresCrashed, ValkeyStopped
from tests.proving.scenarios.people import Revoked, TenantSwap
from tests.proving.scenarios.presses import DoubleSubmit, FailedOrder, KilledWeb
from tests.proving.scenarios.reports import ShuffledReports
from tests.proving.scenarios.senders import KilledWorker

PROVE: tuple[Scenario, ...] = (
    LastUnits(),
    DoubleSubmit(),
    Revoked(buyers=80),
    TenantSwap(),
    KilledWeb(kills=1),
    KilledWorker(messages=12, kills=1),
    ValkeyStopped(buyers=20),
    PostgresCrashed(buyers=40),
)
# The same stories, as small as they can be told.
TINY: tuple[Scenario, ...] = (
    LastUnits(buyers=12, units=4),
    DoubleSubmit(presses=4),
    Revoked(buyers=60),
    TenantSwap(rounds=1),
    KilledWeb(kills=1),
    KilledWorker(messages=9, kills=1),
    ValkeyStopped(buyers=16),
    PostgresCrashed(buyers=24, crashes=1),
)


@dataclass(frozen=True)
class Series:
    """So many rounds of a scenario with its guard, after one without it that must lose."""

    scenario: Scenario
    rounds: int


SOAK: tuple[Series, ...] = (
    Series(LastUnits(), rounds=20),
    Series(LastUnits(buyers=8, units=1), rounds=100),
    Series(HotShelf(), rounds=20),
    Series(DoubleSubmit(), rounds=50),
    Series(KilledWorker(messages=1000, kills=50, seconds_per_mail=0.02), rounds=1),
    Series(KilledWeb(kills=50), rounds=1),
    Series(ValkeyStopped(buyers=500), rounds=1),
    Series(FailedOrder(), rounds=1),
    Series(ShuffledReports(orders=200), rounds=1),
    Series(PostgresCrashed(buyers=400, crashes=10, healthy_within_seconds=10), rounds=1),
    # Fourteen tries each: more than two thousand swaps.
    Series(TenantSwap(rounds=150), rounds=1),
    Series(Revoked(buyers=200), rounds=50),
)
MUTANTS = 10_000

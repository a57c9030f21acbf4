"""Everything that can happen to an order, at random, with the plug pulled in between. And proof that this can fail.

`ORDER_MACHINE_STEPS=10000` plays so many steps instead of five hundred, from a seed that is new each time and printed.
"""

import os
import random

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from .order_machine import guards_off
from .order_machine.machine import OrderMachine
from .order_machine.world import make_world

pytestmark = pytest.mark.django_db

STEPS = int(os.environ.get("ORDER_MACHINE_STEPS", "500"))
# A few games end early.
STEPS_OF_A_GAME, STEPS_OF_MOST_GAMES = 50, 33
MUST_HAPPEN = {
    *(
        "place_order",
        "place_order refused: PreviewChanged",
        "merge_baskets",
        "set_price",
        "set_stock",
        "import_list",
        "plug pulled",
    ),
    *("cancel_parcel", "decline_parcel", "ship_parcel", "deliver_parcel", "suspend_and_hold", "lift_and_resume"),
}
SHORT = settings(
    deadline=None,
    database=None,
    derandomize=True,
    print_blob=True,
    stateful_step_count=STEPS_OF_A_GAME,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def machine(monkeypatch):
    """The machine in a world of its own."""
    return type("Machine", (OrderMachine,), {"world": make_world(monkeypatch), "played": type(OrderMachine.played)()})


def test_the_shop_stays_sound_whatever_happens(machine):
    chance = settings(SHORT, max_examples=STEPS // STEPS_OF_MOST_GAMES + 1, derandomize="ORDER_MACHINE_STEPS" not in os.environ)
    if not chance.derandomize:
        number = random.randrange(10**9)  # noqa: S311
        machine = seed(number)(machine)
        print(f"order machine: seed {number}")  # noqa: T201
    run_state_machine_as_test(machine, settings=chance)

    # A game of refusals alone would prove nothing.
    assert machine.played["steps"] >= STEPS, machine.played
    assert set(machine.played) >= MUST_HAPPEN


@pytest.mark.parametrize("take_out", guards_off.ALL)
def test_a_guard_taken_out_is_found_out(machine, monkeypatch, take_out):
    take_out(monkeypatch)
    # Found is enough: making the story short would take longer than finding it.
    quick = settings(SHORT, max_examples=60, phases=[Phase.generate])

    with pytest.raises((AssertionError, IntegrityError)):
        run_state_machine_as_test(machine, settings=quick)

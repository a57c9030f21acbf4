"""Everything that can happen to an order, at random, with the plug pulled in between. And proof that this can fail.

`ORDER_MACHINE_STEPS=10000` plays so many steps instead of five hundred, from a seed that is new each time and printed.
"""

import os
import random
from itertools import count

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from shop.domain.stock.allocating import NotAllocated

from .order_machine import guards_off
from .order_machine.machine import MoneyMachine, OrderMachine
from .order_machine.mishaps import STORIES
from .order_machine.world import make_world

pytestmark = pytest.mark.django_db

STEPS = int(os.environ.get("ORDER_MACHINE_STEPS", "500"))
IS_LONG = "ORDER_MACHINE_STEPS" in os.environ
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
MONEY_MUST_DO = {
    *("apply_fact", "take_transfer", "exchange_method", "refund_part", "settle_by_hand", "expire_due_orders", "plug pulled"),
    *("ship_parcel", "deliver_parcel", "turn_back"),
    *("apply_dispute", "prepare_batch", "settle_payouts", "place_order refused: VoucherRefused"),
}
SHORT = settings(
    deadline=None,
    database=None,
    derandomize=True,
    print_blob=True,
    max_examples=6,
    phases=[Phase.generate],
    stateful_step_count=50,
    suppress_health_check=list(HealthCheck),
)


def in_a_world(machine, monkeypatch):
    """A machine in a world of its own."""
    return type("Machine", (machine,), {"world": make_world(monkeypatch), "played": type(machine.played)()})


@pytest.fixture
def machine(monkeypatch):
    return in_a_world(OrderMachine, monkeypatch)


@pytest.fixture
def money_machine(monkeypatch):
    return in_a_world(MoneyMachine, monkeypatch)


def play(machine, steps, *, begins_with=("",), **changes):
    first = random.randrange(10**9) if IS_LONG else 1  # noqa: S311
    for number in count(first):
        if machine.played["steps"] >= steps:
            break
        if IS_LONG:
            print(f"{machine.__base__.__name__}: seed {number}, {machine.played['steps']} of {steps} steps", flush=True)  # noqa: T201
        machine.begins_with = begins_with[number % len(begins_with)]
        run_state_machine_as_test(seed(number)(machine), settings=settings(SHORT, derandomize=False, **changes))


def test_the_shop_stays_sound_whatever_happens(machine):
    play(machine, STEPS)

    # A game of refusals alone would prove nothing.
    assert set(machine.played) >= MUST_HAPPEN


def test_money_stays_sound_whatever_happens(money_machine):
    # At most so many steps with each mishap that all of them have their turn.
    longest = STEPS // 2 // len(STORIES) // 2
    play(money_machine, STEPS // 2, begins_with=STORIES, max_examples=2, stateful_step_count=min(longest, 40))

    assert MONEY_MUST_DO - set(money_machine.played) == set()


@pytest.mark.parametrize("take_out", guards_off.ALL)
def test_a_guard_taken_out_is_found_out(machine, monkeypatch, take_out):
    take_out(monkeypatch)
    machine.begins_with = guards_off.ALL[take_out]
    # Found is enough: making the story short would take longer than finding it.
    quick = settings(SHORT, max_examples=30, phases=[Phase.generate])

    with pytest.raises((AssertionError, NotAllocated)):
        run_state_machine_as_test(machine, settings=quick)


@pytest.mark.parametrize("take_out", guards_off.OF_MONEY)
def test_a_guard_of_money_taken_out_is_found_out(money_machine, monkeypatch, take_out):
    take_out(monkeypatch)
    money_machine.begins_with = guards_off.OF_MONEY[take_out]
    quick = settings(SHORT, max_examples=30, stateful_step_count=6)

    with pytest.raises((AssertionError, IntegrityError)):
        run_state_machine_as_test(money_machine, settings=quick)

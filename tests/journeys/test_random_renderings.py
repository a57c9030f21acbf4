"""A thousand random renderings after random changes: no false star, no false refusal. And proof that this can fail."""

import pytest
from django.core.cache import cache

from shop.domain.certificates import state
from shop.domain.listings import purchasable

from .random_world import RandomWorld
from .renderings import KINDS

pytestmark = pytest.mark.django_db

RENDERINGS = 1000
RENDERINGS_BETWEEN_CHANGES = 3
FEWER = 240


def play(seed, monkeypatch, *, renderings):
    """Change and render in turns; returns what was wrong."""
    world = RandomWorld(seed, monkeypatch)
    wrong = []
    for number in range(renderings):
        if number % RENDERINGS_BETWEEN_CHANGES == 0:
            world.change()
            cache.clear()
        kind = world.random.choice(KINDS)
        wrong += [f"{number} ({world.today}) {kind.__name__}: {fault}" for fault in kind(world)]
    return wrong


@pytest.mark.parametrize("seed", [20261124])
def test_a_thousand_renderings_tell_what_the_registry_says(monkeypatch, seed):
    assert play(seed, monkeypatch, renderings=RENDERINGS) == []


def without_stops(certificate, *, today):
    """A live state that forgets suspensions."""
    ends_on = certificate.extended_until or certificate.valid_until
    return state.LiveState.VALID if today <= ends_on else state.LiveState.EXPIRED


def a_day_too_long(certificate, *, today):
    """A live state for which the last day is not included."""
    ends_on = certificate.extended_until or certificate.valid_until
    is_over = certificate.stored_state != "active" or today >= ends_on or certificate.superseded_on is not None
    return state.LiveState.EXPIRED if is_over else state.LiveState.VALID


SEEDS = range(7, 12)


@pytest.mark.parametrize("broken", [without_stops, a_day_too_long])
def test_a_broken_live_state_is_found_out(monkeypatch, broken):
    monkeypatch.setattr(state, "live_state", broken)

    # A last day is played seldom: a few worlds are tried until one has it.
    assert any(play(seed, monkeypatch, renderings=FEWER) for seed in SEEDS)


def test_a_shelf_that_forgets_the_stored_state_is_found_out(monkeypatch):
    def dates_only(*, day, prefix=""):
        return state.Q(**{f"{prefix}valid_until__gte": day})

    monkeypatch.setattr(purchasable, "valid_on", dates_only)

    assert play(7, monkeypatch, renderings=FEWER) != []

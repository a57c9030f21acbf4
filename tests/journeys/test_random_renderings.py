"""A thousand random renderings after random changes: no false star, no false refusal. And proof that this can fail."""

import pytest
from django.core.cache import cache

from shop.common import clock
from shop.common.dates import months_after
from shop.domain.certificates import state
from shop.domain.listings import purchasable

from .random_world import AGES, RandomWorld
from .renderings import KINDS

pytestmark = pytest.mark.django_db

RENDERINGS = 1000
RENDERINGS_BETWEEN_CHANGES = 3
FEWER = 240


def play(seed, monkeypatch, *, renderings, ages=AGES):
    """Change and render in turns; returns what was wrong."""
    world = RandomWorld(seed, monkeypatch, ages=ages)
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


def a_day_too_short(certificate, *, today):
    """A live state for which the last day is not included."""
    ends_on = certificate.extended_until or certificate.valid_until
    is_over = certificate.stored_state != "active" or today >= ends_on or certificate.superseded_on is not None
    return state.LiveState.EXPIRED if is_over else state.LiveState.VALID


def test_a_live_state_that_forgets_suspensions_is_found_out(monkeypatch):
    monkeypatch.setattr(state, "live_state", without_stops)

    assert play(7, monkeypatch, renderings=FEWER) != []


def test_a_live_state_that_ends_a_day_early_is_found_out(monkeypatch):
    """Where every certificate has its last day today: in the other worlds such a day comes seldom."""
    monkeypatch.setattr(state, "live_state", a_day_too_short)
    last_day = (clock.today() - months_after(clock.today(), -36)).days

    assert play(7, monkeypatch, renderings=90, ages=(last_day,)) != []


def test_a_shelf_that_forgets_the_stored_state_is_found_out(monkeypatch):
    def dates_only(*, day, prefix=""):
        return state.Q(**{f"{prefix}valid_until__gte": day})

    monkeypatch.setattr(purchasable, "valid_on", dates_only)

    assert play(7, monkeypatch, renderings=FEWER) != []

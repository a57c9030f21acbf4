"""The demonstration's returns: one in each main state, once, and the books stay right."""

import pytest

from shop.common import clock
from shop.demo.returns import play_returns
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_producer

pytestmark = pytest.mark.django_db


def test_every_main_state_is_there_once():
    tea_house = make_producer()
    make_listing(producer=tea_house, price_vnd=90_000, stock=500)

    played = play_returns(producer=tea_house, now=clock.now())
    again = play_returns(producer=tea_house, now=clock.now())

    states = ["asked", "accepted", "refused", "disputed", "sent_back", "refunded", "rejected"]
    assert ([asked.state for asked in played], again) == (states, [])
    assert broken_invariants() == []


def test_without_goods_nothing_is_played():
    assert play_returns(producer=make_producer(), now=clock.now()) == []

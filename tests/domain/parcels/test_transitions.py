import itertools

import pytest

from shop.common import clock
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db

ACTS = {
    "packing": lambda parcel: transitions.confirm(parcel=parcel, actor=SYSTEM, now=clock.now()),
    "declined": lambda parcel: transitions.decline(parcel=parcel, reason="Hết nguyên liệu", actor=SYSTEM, now=clock.now()),
    "cancelled": lambda parcel: transitions.cancel(parcel=parcel, reason="", actor=SYSTEM, now=clock.now()),
    "shipped": lambda parcel: transitions.ship(
        parcel=parcel, carrier="GHN", tracking_number="LK99AQ", actor=SYSTEM, now=clock.now()
    ),
    "delivered": lambda parcel: transitions.deliver(parcel=parcel, actor=SYSTEM, now=clock.now()),
}


@pytest.fixture
def parcel():
    return make_order((make_listing(stock=5), 2)).parcels.get()


@pytest.mark.parametrize(("start", "target"), list(itertools.product(Parcel.Status.values, ACTS)))
def test_a_parcel_moves_along_the_table_and_nowhere_else(parcel, start, target):
    Parcel.objects.filter(pk=parcel.pk).update(status=start, shipped_at=clock.now())
    parcel.refresh_from_db()
    # What the office holds goes on when the office says so: that is `resume`.
    allowed = target in transitions.ALLOWED[start] and (start, target) != ("on_hold", "packing")

    if start == target:
        assert ACTS[target](parcel) is False
    elif allowed:
        assert ACTS[target](parcel) is True
    else:
        with pytest.raises(transitions.IllegalTransition):
            ACTS[target](parcel)
    assert Parcel.objects.get(pk=parcel.pk).status == (target if allowed else start)


def test_the_table_speaks_of_every_status():
    assert set(transitions.ALLOWED) == set(Parcel.Status)


def test_every_move_is_written_down(parcel):
    ACTS["packing"](parcel)
    transitions.pack(parcel=parcel, actor=SYSTEM, now=clock.now())
    ACTS["shipped"](parcel)

    events = ParcelEvent.objects.filter(parcel=parcel).values_list("from_status", "to_status", "note")
    assert list(events) == [
        ("", "to_confirm", ""),
        ("to_confirm", "packing", ""),
        ("packing", "packing", "packed"),
        ("packing", "shipped", ""),
    ]


def test_decline_wants_a_reason(parcel):
    with pytest.raises(transitions.ReasonMissing):
        transitions.decline(parcel=parcel, reason="  ", actor=SYSTEM, now=clock.now())


def test_ship_wants_carrier_and_number(parcel):
    ACTS["packing"](parcel)

    with pytest.raises(transitions.TrackingMissing):
        transitions.ship(parcel=parcel, carrier="GHN", tracking_number="", actor=SYSTEM, now=clock.now())


def test_pack_twice_changes_nothing(parcel):
    ACTS["packing"](parcel)

    packed = [transitions.pack(parcel=parcel, actor=SYSTEM, now=clock.now()) for _ in range(2)]

    assert packed == [True, False]


def test_pack_before_confirming_is_illegal(parcel):
    with pytest.raises(transitions.IllegalTransition):
        transitions.pack(parcel=parcel, actor=SYSTEM, now=clock.now())

"""Which units may go back until when, and what they give back, to the đồng."""

from datetime import timedelta

import pytest

from shop.domain.parcels.models import Parcel
from shop.domain.returns.models import ReturnRequest
from shop.domain.returns.reckoning import free_units, goods_of, is_returnable, returnable_units, shipping_of
from tests.factories import make_listing
from tests.factories.returns import make_delivered, make_return
from tests.factories.vouchers import make_voucher, order_with

pytestmark = pytest.mark.django_db
WINDOW = timedelta(days=7)
SECOND = timedelta(seconds=1)


@pytest.fixture
def parcel():
    """Three teas and a honey of one producer, delivered; another parcel has a return of its own."""
    make_return(make_delivered((make_listing("Muối", stock=9), 2)))
    tea = make_listing("Chè", price_vnd=100_000, stock=9)
    honey = make_listing("Mật ong", producer=tea.producer, price_vnd=50_000, stock=9)
    return make_delivered((tea, 3), (honey, 1))


def lines(parcel):
    return list(parcel.lines.order_by("pk").values_list("pk", flat=True))


def units(parcel):
    read = Parcel.objects.prefetch_related("lines", "returns__lines").get(pk=parcel.pk)
    assert free_units(parcel=read) == returnable_units(parcel=parcel)
    return list(returnable_units(parcel=parcel).values())


def test_a_delivered_parcel_may_go_back_until_its_last_second(parcel):
    end = parcel.delivered_at + WINDOW

    assert (is_returnable(parcel=parcel, now=end), is_returnable(parcel=parcel, now=end + SECOND)) == (True, False)
    for changes in ({"status": "closed"}, {"delivered_at": None}):
        changed = Parcel(status=parcel.status, delivered_at=parcel.delivered_at)
        for name, value in changes.items():
            setattr(changed, name, value)
        assert not is_returnable(parcel=changed, now=end)


@pytest.mark.parametrize(
    ("state", "left"),
    [("asked", [1, 1]), ("disputed", [1, 1]), ("refunded", [1, 1]), ("rejected", [3, 1]), ("withdrawn", [3, 1])],
)
def test_units_of_a_return_that_stands_are_taken(parcel, state, left):
    assert units(parcel) == [3, 1]
    asked = make_return(parcel, units=2)
    values = {"state": state, "decide_by": parcel.delivered_at + WINDOW, "disputed_at": parcel.delivered_at, "dispute": "x"}
    ReturnRequest.objects.filter(pk=asked.pk).update(**values)

    assert units(parcel) == left


def test_goods_give_back_what_was_paid_for_them(parcel):
    tea, honey = lines(parcel)

    assert goods_of(parcel=parcel, quantities={tea: 1}) == 100_000
    assert goods_of(parcel=parcel, quantities={tea: 2, honey: 1}) == 250_000
    assert goods_of(parcel=parcel, quantities={tea: 3, honey: 1}) == parcel.goods_vnd


def test_a_discount_takes_its_part_and_never_all():
    make_voucher("TET2026", amount_vnd=100_000)
    parcel = order_with("TET2026", (make_listing(price_vnd=100_000), 3)).parcels.get()
    (tea,) = lines(parcel)

    assert [goods_of(parcel=parcel, quantities={tea: number}) for number in (1, 2, 3)] == [66_667, 133_333, 200_000]
    parcel.total_vnd = parcel.shipping_vnd
    assert goods_of(parcel=parcel, quantities={tea: 1}) == 1
    parcel.goods_vnd = 0
    assert goods_of(parcel=parcel, quantities={tea: 1}) == 0


@pytest.mark.parametrize("reason", ["damaged", "wrong", "not_as_described", "out_of_date"])
def test_the_way_is_paid_once_by_a_producer_who_is_to_blame(parcel, reason):
    tea, honey = lines(parcel)
    assert shipping_of(parcel=parcel, quantities={tea: 1}, reason=reason) == parcel.shipping_vnd
    make_return(parcel, reason="damaged")

    assert shipping_of(parcel=parcel, quantities={honey: 1}, reason=reason) == 0


def test_otherwise_the_way_is_paid_with_the_last_units(parcel):
    tea, honey = lines(parcel)
    assert shipping_of(parcel=parcel, quantities={tea: 3}, reason="other") == 0
    assert shipping_of(parcel=parcel, quantities={tea: 3, honey: 1}, reason="other") == parcel.shipping_vnd
    make_return(parcel, units=3, reason="other")

    assert shipping_of(parcel=parcel, quantities={honey: 1}, reason="other") == parcel.shipping_vnd


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_the_way_of_a_return_that_came_to_nothing_is_paid_by_the_next(parcel, state):
    tea, _honey = lines(parcel)
    asked = make_return(parcel, reason="damaged")
    assert asked.shipping_vnd == parcel.shipping_vnd
    values = {"decide_by": parcel.delivered_at + WINDOW, "disputed_at": parcel.delivered_at, "dispute": "x"}
    ReturnRequest.objects.filter(pk=asked.pk).update(state=state, **values)

    assert shipping_of(parcel=parcel, quantities={tea: 1}, reason="wrong") == parcel.shipping_vnd

"""People find their own orders and nobody else's."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ordering.queries import find_own_orders, orders_of, parcels_of
from tests.factories import make_listing, make_order, make_producer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    return make_user()


@pytest.fixture
def orders(buyer):
    """Tea of yesterday and honey of today; another person bought tea as well."""
    tea = make_listing("Chè Tân Cương", title_en="Green leaves", producer=make_producer("HTX Xanh"))
    honey = make_listing("Mật ong", producer=make_producer("Trại ong"))
    make_order((tea, 1), owner=make_user())
    make_order((tea, 1))
    return [
        make_order((tea, 1), owner=buyer, now=clock.now() - timedelta(days=1)),
        make_order((honey, 1), (tea, 1), owner=buyer),
    ]


def test_the_latest_orders_come_first_and_only_so_many(buyer, orders):
    assert list(orders_of(user_id=buyer.pk, most=5)) == orders[::-1]
    assert list(orders_of(user_id=buyer.pk, most=1)) == orders[1:]


@pytest.mark.parametrize(
    ("words", "found"),
    [("", [1, 0]), ("chè", [1, 0]), ("mật", [1]), ("green", [1, 0]), ("trại", [1]), ("xanh", [1, 0]), ("muối", [])],
)
def test_words_are_looked_for_in_products_and_producers(buyer, orders, words, found):
    assert list(find_own_orders(user_id=buyer.pk, words=words)) == [orders[place] for place in found]


def test_an_order_is_found_by_its_number(buyer, orders):
    assert list(find_own_orders(user_id=buyer.pk, words=orders[0].number[3:].lower())) == orders[:1]


def test_parcels_stand_in_the_order_of_their_numbers(orders):
    parcels = list(parcels_of(order=orders[1]))

    assert [parcel.number for parcel in parcels] == [f"{orders[1].number}-1", f"{orders[1].number}-2"]
    for parcel in parcels:
        assert list(parcel.events.all()) == sorted(parcel.events.all(), key=lambda event: -event.pk)

import pytest

from shop.domain.ordering.links import find_order, tracking_token
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


def test_find_order_by_its_token():
    order = make_order((make_listing(), 1))

    assert find_order(number=order.number, token=tracking_token(order)) == order


def test_find_order_refuses_the_token_of_another():
    tea_order, honey_order = make_order((make_listing(), 1)), make_order((make_listing(), 1))

    assert find_order(number=tea_order.number, token=tracking_token(honey_order)) is None


def test_find_order_of_no_order():
    assert find_order(number="OC-00000000", token="0" * 32) is None


def test_links_survive_a_change_of_the_secret(settings):
    order = make_order((make_listing(), 1))
    token = tracking_token(order)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new secret, long enough to be one, for tests only"

    assert find_order(number=order.number, token=token) == order
    assert tracking_token(order) != token

"""Every invariant of vouchers is broken once, on purpose, and must be named."""

import pytest
from django.db import connection

from shop.operations.invariants import broken_invariants
from shop.operations.invariants.vouchers import VOUCHERS
from tests.factories import make_listing, make_producer, make_user
from tests.factories.vouchers import make_producers_voucher, order_with
from tests.operations.test_invariants import without_promises

pytestmark = pytest.mark.django_db

HARM = {
    "an order is reduced by what its voucher gave": "UPDATE vouchers_redemption SET discount_vnd = discount_vnd + 1",
    "a voucher is used no more often than its limit": "UPDATE vouchers_voucher SET limit_total = 1",
    "a buyer uses a voucher no more often than one may": "UPDATE vouchers_voucher SET limit_per_buyer = 1",
    "a use of a voucher counts as long as its order lives": "UPDATE order_order SET status = 'cancelled'",
    "who gives a voucher bears its discount": "UPDATE vouchers_voucher SET funder = 'platform'",
    "no parcel is given away": "UPDATE parcels_parcel SET discount_vnd = goods_vnd",
}


@pytest.fixture
def orders():
    """Two orders of one account with a voucher of their producer."""
    producer, user = make_producer(), make_user()
    make_producers_voucher(producer)
    tea = make_listing(producer=producer)
    return [order_with("NHAVUON", (tea, 1), owner=user) for _ in range(2)]


def test_every_invariant_of_vouchers_has_its_harm(orders):
    assert broken_invariants() == []
    assert set(HARM) == set(VOUCHERS)


@pytest.mark.parametrize("invariant", HARM, ids=str)
def test_a_broken_invariant_of_vouchers_is_named(invariant, orders):
    without_promises()
    with connection.cursor() as cursor:
        cursor.execute(HARM[invariant])

    assert invariant in {broken.invariant for broken in broken_invariants()}

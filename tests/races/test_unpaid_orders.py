"""Buyers behind one address of the network press at the same moment: three orders may wait, whoever is first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shop.domain.ordering import unpaid_holds
from shop.domain.ordering.unpaid_holds import TooManyUnpaid, network_key_of
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_order
from tests.factories.payments import METHOD, offer_prepaid

HOME = network_key_of(address="198.51.100.4")
AT_ONCE = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tea(transactional_db, monkeypatch):
    offer_prepaid(monkeypatch)
    return make_listing(stock=100)


def place_all_at_once(tea):
    """Six buyers behind one address of the network press at the same moment; returns how many orders wait then."""
    start = Barrier(AT_ONCE)

    def place(number):
        start.wait()
        try:
            make_order((tea, 1), payment_method=METHOD, buyer_phone=f"+8491234{number:04d}", network_key=HOME)
        except TooManyUnpaid:
            pass
        finally:
            connections.close_all()

    make_order((tea, 1))  # the place and its commune exist before the rush
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(place, range(AT_ONCE)))
    return Order.objects.filter(status=Order.Status.AWAITING_PAYMENT).count()


def test_six_buyers_at_once_leave_three_orders(tea):
    assert place_all_at_once(tea) == 3


def test_six_buyers_without_the_gate_leave_more(tea, monkeypatch):
    counted = Barrier(AT_ONCE)

    def let_all_in(*, kind, ids):
        """No gate: everybody counts before anybody writes."""
        counted.wait()

    monkeypatch.setattr(unpaid_holds, "shut_gates", let_all_in)

    assert place_all_at_once(tea) > 3

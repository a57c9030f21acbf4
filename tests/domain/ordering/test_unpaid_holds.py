from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.ordering.unpaid_holds import TooManyUnpaid, forget_networks, network_key_of
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_order
from tests.factories.payments import make_prepaid_order, offer_prepaid

HOME, OFFICE = network_key_of(address="198.51.100.4"), network_key_of(address="203.0.113.7")


@pytest.fixture
def tea(db, monkeypatch):
    offer_prepaid(monkeypatch)
    return make_listing(stock=100)


def phone(number):
    return f"+8491234{number:04d}"


def test_a_fourth_unpaid_order_of_one_phone_is_refused_and_cash_is_not(tea):
    for _ in range(3):
        make_prepaid_order((tea, 1))

    with pytest.raises(TooManyUnpaid):
        make_prepaid_order((tea, 1))

    assert make_order((tea, 1)).status == Order.Status.CONFIRMED
    assert tea.stock_records.get().num_allocated == 4


def test_a_fourth_unpaid_order_of_one_network_is_refused_and_another_network_is_not(tea):
    for number in range(3):
        make_prepaid_order((tea, 1), buyer_phone=phone(number), network_key=HOME)

    with pytest.raises(TooManyUnpaid):
        make_prepaid_order((tea, 1), buyer_phone=phone(3), network_key=HOME)

    make_prepaid_order((tea, 1), buyer_phone=phone(3), network_key=OFFICE)
    make_prepaid_order((tea, 1), buyer_phone=phone(4))
    make_prepaid_order((tea, 1), buyer_phone=phone(5))


def test_an_order_that_stops_waiting_counts_no_more_and_forgets_the_network(tea):
    orders = [make_prepaid_order((tea, 1), network_key=HOME) for _ in range(3)]
    cancel_order(order_id=orders[0].pk, reason="Đặt nhầm", actor=SYSTEM, now=clock.now())

    make_prepaid_order((tea, 1), network_key=HOME)

    orders[0].refresh_from_db()
    assert (orders[0].network_key, orders[1].network_key) == ("", HOME)
    assert make_order((tea, 1), network_key=HOME).network_key == ""


def test_forget_networks_after_thirty_days(tea):
    order = make_prepaid_order((tea, 1), network_key=HOME)

    early = forget_networks(now=order.date_placed + timedelta(days=29))
    late = forget_networks(now=order.date_placed + timedelta(days=30))

    order.refresh_from_db()
    assert (early, late, order.network_key) == (0, 1, "")


def test_network_key_of_tells_no_address_and_counts_a_household_as_one():
    assert "198.51" not in HOME
    assert len(HOME) == 64
    assert network_key_of(address="2001:db8:1:2::5") == network_key_of(address="2001:db8:1:2:abcd::9")
    assert network_key_of(address="2001:db8:1:2::5") != network_key_of(address="2001:db8:1:3::5")
    assert network_key_of(address="") == network_key_of(address="unix:") == ""

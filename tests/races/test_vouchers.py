"""Sixty buyers at once want a voucher of five uses, and one buyer uses one of one at six places at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shop.domain.ordering.locking import ShopBusy
from shop.domain.vouchers import using
from shop.domain.vouchers.judging import VoucherRefused
from shop.domain.vouchers.models import Redemption
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_order, make_user
from tests.factories.vouchers import make_voucher, order_with
from tests.races.buyers import open_forms, press_all

UNGUARDED = {"DJANGO_SETTINGS_MODULE": "tests.races.unguarded", "GUARD_OFF": "voucher"}
AT_ONCE = 6

pytestmark = pytest.mark.django_db(transaction=True)


def test_sixty_buyers_of_a_voucher_of_five_uses_use_it_five_times(live_stack):
    address = live_stack(processes=4)
    tea = make_listing(stock=100)
    make_voucher(limit_total=5)

    answers = press_all(address, open_forms(tea, buyers=60, voucher="CHAO2026"), at_once=30)

    statuses = [answer.status for answer in answers]
    assert (statuses.count(303), statuses.count(409)) == (5, 55)
    assert Redemption.objects.filter(is_live=True).count() == Order.objects.count() == 5
    assert tea.stock_records.get().num_allocated == 5
    assert broken_invariants() == []


def test_a_crowd_without_the_gate_uses_it_too_often(live_stack):
    address = live_stack(processes=4, environment=UNGUARDED)
    tea = make_listing(stock=100)
    make_voucher(limit_total=5)

    press_all(address, open_forms(tea, buyers=30, voucher="CHAO2026"), at_once=30)

    assert Redemption.objects.filter(is_live=True).count() > 5


@pytest.fixture
def tea(transactional_db):
    listing = make_listing(stock=100)
    make_order((listing, 1))  # the place and its commune exist before the rush
    make_voucher(limit_per_buyer=1)
    return listing


def use_everywhere(tea):
    """One account orders in six tabs at the same moment; returns how often it was given the discount."""
    start, user = Barrier(AT_ONCE), make_user()

    def place(_number):
        start.wait()
        try:
            order_with("CHAO2026", (tea, 1), owner=user)
        except (VoucherRefused, ShopBusy):
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(place, range(AT_ONCE)))
    return Redemption.objects.filter(is_live=True).count()


def test_one_buyer_uses_a_voucher_of_one_each_once(tea):
    assert use_everywhere(tea) == 1


def test_one_buyer_without_the_gate_uses_it_more_often(tea, monkeypatch):
    counted = Barrier(AT_ONCE)

    def let_all_in(*, kind, ids):
        """No gate: everybody counts before anybody writes."""
        counted.wait()

    monkeypatch.setattr(using, "shut_gates", let_all_in)

    assert use_everywhere(tea) > 1

"""Two hundred people want fifty units; eight want the last one. Each race has a twin without the guard that fails."""

import pytest

from shop.oscar_forks.order.models import Line, Order
from tests.factories import make_listing
from tests.races.buyers import drop_constraint, open_forms, press_all

UNGUARDED = {"DJANGO_SETTINGS_MODULE": "tests.races.unguarded", "GUARD_OFF": "stock"}
PROMISE = "allocated_stock_never_exceeds_stock_on_hand"


def test_two_hundred_buyers_on_fifty_units_buy_exactly_fifty(live_stack):
    address = live_stack(processes=4)
    tea = make_listing(stock=50)

    answers = press_all(address, open_forms(tea, buyers=200), at_once=40)

    record = tea.stock_records.get()
    assert sorted({answer.status for answer in answers}) == [303, 409]
    assert [answer.status for answer in answers].count(303) == 50
    assert (record.num_in_stock, record.num_allocated) == (50, 50)
    assert (Order.objects.count(), Line.objects.count()) == (50, 50)


def test_a_crowd_without_the_guard_buys_too_much(live_stack):
    address = live_stack(processes=4, environment=UNGUARDED)
    tea = make_listing(stock=10)
    drop_constraint("partner_stockrecord", PROMISE)

    press_all(address, open_forms(tea, buyers=40), at_once=40)

    assert tea.stock_records.get().num_allocated > 10


def test_eight_buyers_of_the_last_unit_make_one_sale(live_stack):
    address = live_stack(processes=4)
    tea = make_listing(stock=1)

    answers = press_all(address, open_forms(tea, buyers=8), at_once=8)

    assert sorted(answer.status for answer in answers) == [303, *[409] * 7]
    assert (Order.objects.count(), tea.stock_records.get().num_allocated) == (1, 1)


def test_eight_buyers_of_the_last_unit_without_the_guard_all_get_it(live_stack):
    address = live_stack(processes=4, environment=UNGUARDED)
    tea = make_listing(stock=1)
    drop_constraint("partner_stockrecord", PROMISE)

    press_all(address, open_forms(tea, buyers=8), at_once=8)

    assert tea.stock_records.get().num_allocated > 1


pytestmark = pytest.mark.django_db(transaction=True)

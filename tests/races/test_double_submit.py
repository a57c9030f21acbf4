"""One basket's order form, sent ten times at once."""

import pytest

from shop.domain.notifications.models import OutboxMessage
from shop.domain.payments.models import Payment
from shop.oscar_forks.order.models import Order
from tests.factories import make_basket, make_listing
from tests.races.buyers import drop_constraint, press_all, read_form

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_presses_at_once_give_one_order_and_ten_identical_answers(live_stack):
    address = live_stack(processes=4)
    tea = make_listing(stock=50)
    form = read_form(make_basket((tea, 2)))

    answers = press_all(address, [form] * 10, at_once=10)

    assert [answer.status for answer in answers] == [303] * 10
    assert len({answer.location for answer in answers}) == 1
    assert Order.objects.get().number in answers[0].location
    assert Payment.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="order_placed").count() == 1
    assert tea.stock_records.get().num_allocated == 2


def test_two_tabs_of_one_basket_give_one_order(live_stack):
    address = live_stack(processes=4)
    basket = make_basket((make_listing(stock=50), 1))
    forms = [read_form(basket), read_form(basket)]

    answers = press_all(address, forms * 3, at_once=6)

    assert len({answer.location for answer in answers}) == 1
    assert Order.objects.count() == 1


def test_ten_presses_without_the_guard_give_several_orders(live_stack):
    address = live_stack(processes=4, environment={"DJANGO_SETTINGS_MODULE": "tests.races.unguarded", "GUARD_OFF": "basket"})
    form = read_form(make_basket((make_listing(stock=50), 2)))
    drop_constraint("order_order", "a_basket_becomes_at_most_one_order")

    press_all(address, [form] * 10, at_once=10)

    assert Order.objects.count() > 1

"""What was ordered before goes into the basket again, as far as it can be bought; the rest is named."""

import pytest

from shop.common import clock
from shop.domain.listings.purchasable import Refusal
from shop.domain.ordering.reordering import basket_of, judge_again, order_again, order_again_by_link
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.order.models import Order
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_basket, make_listing, make_order, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    return make_user()


@pytest.fixture
def tea():
    return make_listing("Chè", price_vnd=100_000, stock=10)


def judge(order):
    return [(line.finding, line.refusal, line.quantity, line.unit_vnd) for line in judge_again(order=order, today=clock.today())]


def again(order, owner):
    return order_again(order_id=order.pk, owner_id=owner.pk, today=clock.today())


def stock(listing, **changes):
    StockRecord.objects.filter(product=listing.product).update(**changes)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ("as_before", None, 3, 100_000)),
        ({"price": 120_000}, ("price_moved", None, 3, 120_000)),
        ({"price": None}, ("gone", Refusal.NO_PRICE, 0, None)),
        ({"num_in_stock": 7, "num_allocated": 4}, ("as_before", None, 3, 100_000)),
        ({"num_in_stock": 6, "num_allocated": 4}, ("fewer", None, 2, 100_000)),
        ({"num_in_stock": 5, "num_allocated": 4}, ("fewer", None, 1, 100_000)),
        ({"num_in_stock": 4, "num_allocated": 4}, ("gone", Refusal.SOLD_OUT, 0, 100_000)),
    ],
)
def test_a_line_is_judged_by_today(buyer, tea, changes, found):
    order = make_order((tea, 3), owner=buyer)
    make_order((make_listing("Mật ong"), 1), owner=buyer)
    stock(tea, **changes)

    assert judge(order) == [found]
    (line,) = judge_again(order=order, today=clock.today())
    assert (line.was_vnd, line.is_purchasable) == (100_000, found[2] > 0)


def test_what_is_no_longer_sold_at_all_is_named(buyer, tea):
    order = make_order((tea, 3), owner=buyer)
    order.lines.update(stockrecord=None)

    assert judge(order) == [("gone", Refusal.NOT_LIVE, 0, None)]
    assert Basket.objects.get(pk=again(order, buyer)).lines.count() == 0


def test_the_larger_number_stays_and_a_second_press_adds_nothing(buyer, tea):
    honey, salt = make_listing("Mật ong", stock=10), make_listing("Muối", stock=10)
    order = make_order((tea, 3), (honey, 1), (salt, 1), owner=buyer)
    stock(salt, num_in_stock=0, num_allocated=0)
    basket = make_basket((tea, 1), (honey, 2), owner=buyer)

    assert {again(order, buyer) for _ in range(2)} == {basket.pk}

    assert dict(basket.lines.values_list("product", "quantity")) == {tea.product_id: 3, honey.product_id: 2}
    assert basket.lines.get(product=tea.product).price_incl_tax == 100_000


def test_a_full_basket_takes_no_other_line(buyer, tea, monkeypatch):
    monkeypatch.setattr("shop.domain.ordering.reordering.MOST_LINES", 2)
    honey, salt = make_listing("Mật ong"), make_listing("Muối")
    order = make_order((tea, 1), (honey, 1), (salt, 2), owner=buyer)
    basket = make_basket((salt, 1), owner=buyer)

    again(order, buyer)

    assert basket.lines.count() == 2
    assert basket.lines.get(product=salt.product).quantity == 2


def test_another_s_order_is_not_ordered_again(buyer, tea):
    order = make_order((tea, 1), owner=make_user())

    with pytest.raises(Order.DoesNotExist):
        again(order, buyer)
    assert not Basket.objects.filter(owner=buyer).exists()


def test_the_oldest_open_basket_of_one_s_own_is_used(buyer, tea):
    make_basket((tea, 1), owner=make_user())
    ordered, first, _second = (make_basket((tea, 1), owner=buyer) for _ in range(3))
    Basket.objects.filter(pk=ordered.pk).update(status=Basket.SUBMITTED)

    assert basket_of(buyer.pk) == first
    Basket.objects.filter(owner=buyer).update(status=Basket.SUBMITTED)
    begun = basket_of(buyer.pk)
    assert (begun.owner_id, begun.status, begun.pk > first.pk) == (buyer.pk, "Open", True)


@pytest.mark.parametrize("state", ["none", "open", "ordered"])
def test_whoever_holds_the_link_fills_a_basket_of_their_own(tea, state):
    order = make_order((tea, 3))
    salt = make_listing("Muối")
    basket = make_basket((salt, 1)) if state != "none" else None
    if state == "ordered":
        Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED)
    words = {"order_id": order.pk, "owner_id": None, "today": clock.today()}

    filled = order_again_by_link(basket_id=basket and basket.pk, **words)
    assert order_again_by_link(basket_id=filled, **words) == filled

    lines = dict(Basket.objects.get(pk=filled).lines.values_list("product", "quantity"))
    assert lines == {tea.product_id: 3} | ({salt.product_id: 1} if state == "open" else {})


def test_a_person_with_the_link_of_another_s_order_fills_their_own_basket(buyer, tea):
    order = make_order((tea, 1), owner=make_user())

    filled = order_again_by_link(order_id=order.pk, owner_id=buyer.pk, basket_id=None, today=clock.today())

    assert Basket.objects.get(pk=filled).owner == buyer

import pytest
from django.db import IntegrityError, transaction

from shop.oscar_forks.order.models import Line, Order
from tests.factories import make_basket, make_listing, make_order, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return make_order((make_listing(), 2))


def test_nobody_sets_the_status_of_an_order(order):
    with pytest.raises(TypeError):
        order.set_status("completed")


def test_email_is_the_one_given_with_the_order():
    buyer = make_user("chau.le@example.vn")
    given = make_order((make_listing(), 1), owner=buyer, buyer_email="qua-tang@example.vn")
    account = make_order((make_listing(), 1), owner=buyer, buyer_email="")

    assert (given.email, account.email) == ("qua-tang@example.vn", "chau.le@example.vn")


@pytest.mark.parametrize(
    ("model", "values", "promise"),
    [
        (Order, {"status": "Processing"}, "an_order_status_is_on_the_closed_list"),
        (Order, {"total_incl_tax": "1.50"}, "an_order_total"),
        (Line, {"quantity": 3}, "a_line_costs_its_unit_price_times_its_quantity"),
        (Line, {"num_allocated": 3}, "a_line_allocates_no_more_than_it_ordered"),
        (Line, {"stars": 2}, "a_line_was_sold_with_three_to_five_stars"),
    ],
)
def test_the_database_keeps_promises(order, model, values, promise):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        model.objects.update(**values)


def test_a_basket_becomes_at_most_one_order(order):
    other = make_order((make_listing(), 1))

    with pytest.raises(IntegrityError, match="a_basket_becomes_at_most_one_order"), transaction.atomic():
        Order.objects.filter(pk=other.pk).update(basket=order.basket)


def test_orders_without_a_basket_may_be_many(order):
    Order.objects.update(basket=None)

    assert make_basket().pk is not None

import pytest

from shop.common import clock
from shop.domain.listings.purchasable import Refusal
from shop.domain.ordering.filling import (
    BasketAlreadyOrdered,
    BasketFull,
    LineGone,
    NotForSale,
    add_to_basket,
    change_quantity,
    count_units,
    remove_line,
)
from shop.oscar_forks.basket.models import Basket
from tests.factories import make_basket, make_listing

pytestmark = pytest.mark.django_db


def add(listing, *, basket_id=None, quantity=1):
    return add_to_basket(
        basket_id=basket_id,
        owner_id=None,
        product_id=listing.product_id,
        quantity=quantity,
        today=clock.today(),
    )


def test_add_to_basket_stops_at_the_most_units():
    assert add(make_listing(), quantity=5_000).quantity == 999


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"state": "hidden"}, Refusal.NOT_LIVE),
        ({"criteria_set": 14}, Refusal.ALCOHOL),
        ({"stock": 0}, Refusal.SOLD_OUT),
    ],
)
def test_add_to_basket_refuses_what_is_not_for_sale(fields, refusal):
    with pytest.raises(NotForSale) as refused:
        add(make_listing(**fields))

    assert refused.value.refusal == refusal
    assert Basket.objects.count() == 0


def test_an_ordered_basket_is_never_changed():
    tea = make_listing()
    basket = make_basket((tea, 1))
    Basket.objects.filter(pk=basket.pk).update(status=Basket.SUBMITTED)

    for change in (
        lambda: add(tea, basket_id=basket.pk),
        lambda: change_quantity(basket_id=basket.pk, line_id=basket.lines.get().pk, quantity=3),
        lambda: remove_line(basket_id=basket.pk, line_id=basket.lines.get().pk),
    ):
        with pytest.raises(BasketAlreadyOrdered):
            change()


def test_add_to_basket_has_a_last_line(monkeypatch):
    monkeypatch.setattr("shop.domain.ordering.filling.MOST_LINES", 1)
    basket_id = add(make_listing("Chè")).basket_id

    with pytest.raises(BasketFull):
        add(make_listing("Mật ong"), basket_id=basket_id)


def test_change_quantity_of_a_line_that_is_gone():
    with pytest.raises(LineGone):
        change_quantity(basket_id=make_basket().pk, line_id=1, quantity=2)


def test_count_units():
    basket = make_basket((make_listing(), 2), (make_listing(), 3))

    assert (count_units(basket_id=basket.pk), count_units(basket_id=None)) == (5, 0)

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
from tests.factories import make_basket, make_listing, make_user

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


@pytest.mark.parametrize(("quantity", "left"), [(3, [3, 7]), (1, [1, 7]), (0, [7]), (-1, [7])])
def test_a_line_has_one_unit_at_least(quantity, left):
    basket = make_basket((make_listing(price_vnd=90_000), 2), (make_listing("Mật ong"), 7))
    line = basket.lines.order_by("pk").first()
    basket.lines.update(price_incl_tax=1)

    change_quantity(basket_id=basket.pk, line_id=line.pk, quantity=quantity)

    assert list(basket.lines.order_by("pk").values_list("quantity", flat=True)) == left
    if quantity > 0:
        line.refresh_from_db()
        assert line.price_incl_tax == 90_000


def test_a_line_that_was_taken_out_is_told_as_it_was():
    basket = make_basket((make_listing(), 2), (make_listing("Mật ong"), 7))
    line = basket.lines.order_by("pk").first()

    kept = remove_line(basket_id=basket.pk, line_id=line.pk)

    assert (kept.product_id, kept.stockrecord, kept.quantity) == (line.product_id, line.stockrecord, 2)
    assert [one.quantity for one in basket.lines.all()] == [7]


def test_a_new_basket_is_its_owner_s():
    owner = make_user()
    words = {"product_id": make_listing().product_id, "quantity": 1, "today": clock.today()}

    added = add_to_basket(basket_id=None, owner_id=owner.pk, **words)

    assert Basket.objects.get(pk=added.basket_id).owner == owner
    assert Basket.objects.get(pk=add_to_basket(basket_id=None, owner_id=None, **words).basket_id).owner is None


def test_a_second_line_of_the_same_goods_is_none():
    tea, honey = make_listing("Chè"), make_listing("Mật ong")
    first = add(tea, quantity=2)
    again = add(tea, basket_id=first.basket_id, quantity=3)
    add(honey, basket_id=first.basket_id)

    assert (first.quantity, again.quantity, again.stock_record, again.basket_id) == (
        2,
        5,
        tea.stock_records.get(),
        first.basket_id,
    )
    line = Basket.objects.get(pk=first.basket_id).lines.get(product=tea.product)
    assert (line.quantity, line.price_incl_tax, line.price_currency) == (5, 185_000, "VND")
    assert line.line_reference == f"{tea.product_id}_{line.stockrecord_id}"


def test_change_quantity_of_a_line_that_is_gone():
    with pytest.raises(LineGone):
        change_quantity(basket_id=make_basket().pk, line_id=1, quantity=2)


def test_count_units():
    basket = make_basket((make_listing(), 2), (make_listing(), 3))

    assert (count_units(basket_id=basket.pk), count_units(basket_id=None)) == (5, 0)

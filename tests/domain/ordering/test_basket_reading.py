"""A basket's lines at today's price, and what is wrong with each."""

import pytest

from shop.common import clock
from shop.domain.ordering.basket_reading import read_basket
from shop.oscar_forks.basket.models import Line
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_basket, make_listing, make_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè", price_vnd=108_000, stock=5, weight_grams=600)


def read(basket, **more):
    return read_basket(basket_id=basket.pk, today=clock.today(), **more)


def set_stock(listing, **values):
    StockRecord.objects.filter(listing=listing).update(**values)


@pytest.mark.parametrize(
    ("stock", "problem", "is_kept"),
    [
        ({}, None, True),
        ({"num_in_stock": 4, "num_allocated": 1}, None, True),
        ({"num_in_stock": 3, "num_allocated": 1}, "not_enough", True),
        ({"num_in_stock": 1}, "not_enough", True),
        ({"num_in_stock": 1, "num_allocated": 1}, "sold_out", False),
        ({"num_in_stock": 0}, "sold_out", False),
        ({"price": None}, "no_price", False),
    ],
)
def test_stock_and_price_say_what_is_wrong(tea, stock, problem, is_kept):
    basket = make_basket((tea, 3))
    make_basket((tea, 99))
    set_stock(tea, **stock)

    (line,) = read(basket)

    assert (line.problem, line.can_be_kept) == (problem, is_kept)
    if stock.get("price", 1) is None:
        assert (line.unit_vnd, line.total_vnd, line.tax_vnd, line.moved_from_vnd) == (0, 0, 0, None)
    else:
        assert (line.unit_vnd, line.total_vnd, line.tax_vnd, line.weight_grams) == (108_000, 324_000, 24_000, 1_800)
    record = StockRecord.objects.get(listing=tea)
    assert (line.quantity, line.free) == (3, record.num_in_stock - record.num_allocated)


def test_a_refusal_comes_before_what_is_in_stock(tea):
    wine = make_listing("Rượu", criteria_set=14, stock=0)
    basket = make_basket((tea, 1), (wine, 1))
    type(tea).objects.filter(pk=tea.pk).update(state="hidden")

    assert [line.problem for line in read(basket)] == ["not_live", "alcohol"]
    assert [line.problem for line in read(basket, is_adult=True)] == ["not_live", "sold_out"]


def test_a_price_that_moved_is_told_with_what_it_was(tea):
    basket = make_basket((tea, 1))
    assert read(basket)[0].moved_from_vnd is None
    set_stock(tea, price=120_000)
    assert (read(basket)[0].moved_from_vnd, read(basket)[0].unit_vnd) == (108_000, 120_000)
    Line.objects.update(price_incl_tax=None)
    assert read(basket)[0].moved_from_vnd is None


def test_lines_of_one_record_share_its_stock_and_empty_ones_are_not_read(tea):
    basket, record = make_basket((tea, 3)), tea.stock_records.get()
    for reference, quantity in (("b", 3), ("c", 0)):
        basket.lines.create(
            line_reference=reference, product=tea.product, stockrecord=record, quantity=quantity, price_currency="VND"
        )

    assert [(line.quantity, line.problem) for line in read(basket)] == [(3, "not_enough")] * 2
    assert read_basket(basket_id=None, today=clock.today()) == []


def test_a_pack_is_called_as_it_is_or_as_its_page(tea):
    honey = make_listing("Mật ong", stock=None)
    pack = make_pack(honey)
    basket = make_basket((pack, 1))
    assert (read(basket)[0].title, read(basket)[0].producer) == ("Mật ong", honey.producer)

    type(pack.product).objects.filter(pk=pack.product_id).update(title="")
    assert read(basket)[0].title == "Mật ong"
    type(pack.product).objects.filter(pk=pack.product_id).update(title="Mật ong hũ to")
    assert read(basket)[0].title == "Mật ong hũ to"

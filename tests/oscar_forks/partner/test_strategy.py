import pytest
from oscar.core.loading import get_class

from shop.oscar_forks.partner.strategy import ProducerStrategy
from tests.factories import make_basket, make_listing, make_pack

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy():
    return get_class("partner.strategy", "Selector")().strategy()


def test_oscar_finds_our_strategy(strategy):
    assert isinstance(strategy, ProducerStrategy)


def test_a_product_has_the_price_of_its_one_stock_record(strategy):
    tea = make_listing(price_vnd=108_000, vat_class="8", stock=3)

    info = strategy.fetch_for_product(tea.product)

    assert (info.price.incl_tax, info.price.tax, info.price.excl_tax) == (108_000, 8_000, 100_000)
    assert (info.stockrecord, info.availability.num_available) == (tea.stock_records.get(), 3)


def test_a_basket_line_is_priced_by_its_own_record(strategy):
    line = make_basket((make_listing(price_vnd=108_000), 2)).lines.get()

    assert strategy.fetch_for_line(line).price.incl_tax == 108_000


def test_a_product_without_a_stock_record_is_unavailable(strategy):
    info = strategy.fetch_for_product(make_listing(stock=None).product)

    assert (info.price.exists, info.availability.is_available_to_buy) == (False, False)


def test_a_parent_costs_its_cheapest_pack(strategy):
    tea = make_listing(stock=None)
    make_pack(tea, price_vnd=350_000)
    make_pack(tea, price_vnd=120_000, unit="gói 200 g", weight_grams=200)

    info = strategy.fetch_for_parent(tea.product)

    assert (info.price.incl_tax, info.availability.is_available_to_buy) == (120_000, True)

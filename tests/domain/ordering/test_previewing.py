import pytest

from shop.common import clock
from shop.domain.ordering.basket_reading import LineProblem
from shop.domain.ordering.previewing import preview_order
from tests.factories import make_basket, make_commune, make_listing, make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè", price_vnd=185_000, stock=5)


@pytest.fixture
def honey():
    return make_listing("Mật ong", price_vnd=290_000, producer=make_producer("HTX Ong"), stock=5)


def preview(basket, **values):
    return preview_order(basket_id=basket.pk, today=clock.today(), **({"commune_code": make_commune().pk} | values))


def test_preview_has_a_parcel_and_a_charge_per_producer(tea, honey):
    shown = preview(make_basket((tea, 2), (honey, 1)))

    assert [parcel.goods_vnd for parcel in shown.parcels] == [370_000, 290_000]
    assert [parcel.shipping_vnd for parcel in shown.parcels] == [42_000, 37_000]
    assert (shown.goods_vnd, shown.shipping_vnd, shown.total_vnd) == (660_000, 79_000, 739_000)


def test_preview_without_a_place_has_no_charge_yet(tea):
    shown = preview(make_basket((tea, 2)), commune_code=None)

    assert (shown.parcels[0].quotes, shown.total_vnd) == ((), 370_000)


def test_preview_to_a_province_is_the_preview_to_its_communes(tea):
    basket = make_basket((tea, 2))

    assert preview(basket).hash == preview(basket, commune_code=None, province_code="01").hash


def test_preview_to_an_island_has_no_express(tea):
    shown = preview(make_basket((tea, 2)), commune_code="31078")

    assert [quote.service for quote in shown.parcels[0].quotes] == ["tieu_chuan"]


def test_an_unknown_service_falls_back_to_the_cheapest(tea):
    shown = preview(make_basket((tea, 2)), services={tea.producer_id: "rocket"})

    assert shown.parcels[0].chosen.service == "tieu_chuan"


@pytest.mark.parametrize(
    "change",
    [
        lambda tea, _basket: tea.stock_records.update(price=190_000),
        lambda _tea, basket: basket.lines.update(quantity=3),
        lambda tea, _basket: type(tea.product).objects.filter(pk=tea.product_id).update(weight_grams=5_000),
        lambda _tea, basket: basket.lines.all().delete(),
    ],
    ids=["price", "quantity", "weight", "line"],
)
def test_the_hash_changes_with_what_is_shown(tea, change):
    basket = make_basket((tea, 2))
    before = preview(basket).hash

    change(tea, basket)

    assert preview(basket).hash != before


def test_what_has_to_go_is_in_no_sum(tea, honey):
    basket = make_basket((tea, 2), (honey, 1))
    honey.stock_records.update(num_in_stock=0)

    shown = preview(basket)

    assert [line.problem for line in shown.lines] == [None, LineProblem.SOLD_OUT]
    assert (shown.goods_vnd, shown.can_be_ordered) == (370_000, False)


def test_two_lines_of_one_record_are_counted_together(tea):
    basket = make_basket((tea, 3))
    basket.lines.create(line_reference="a-second-line", product=tea.product, stockrecord=tea.stock_records.get(), quantity=3)

    assert [line.problem for line in preview(basket).lines] == [LineProblem.NOT_ENOUGH, LineProblem.NOT_ENOUGH]

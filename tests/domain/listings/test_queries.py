"""Cards and product pages read in a fixed number of queries."""

import pytest

from shop.common import clock
from shop.domain.listings.queries import NoSuchProduct, display_product, parent_of_pack, read_items
from tests.factories import make_listing, make_pack, make_province

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how_many", [1, 3])
def test_items_take_as_many_queries_for_one_as_for_three(how_many, django_assert_num_queries):
    ids = [make_listing(f"Chè {number}", origin_province=make_province("19")).pk for number in range(how_many)]

    with django_assert_num_queries(1):
        items = read_items(ids, today=clock.today())
        seen = [(item.product.origin_province.name, item.certificate.stars, item.free_stock) for item in items]

    assert seen == [("Thái Nguyên", 4, 20)] * how_many


def test_items_count_the_stock_of_all_packs():
    listing = make_listing(stock=None)
    make_pack(listing, stock=3)
    make_pack(listing, stock=4)

    assert [item.free_stock for item in read_items([listing.pk], today=clock.today())] == [7]


def test_product_shows_its_packs_cheapest_first():
    listing = make_listing(stock=None)
    big = make_pack(listing, unit="hộp 1 kg", price_vnd=350_000)
    small = make_pack(listing, unit="gói 100 g", price_vnd=40_000)

    shown = display_product(product_id=listing.product_id, today=clock.today())

    assert [pack.stock_record for pack in shown.packs] == [small, big]


@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested", "approved"])
def test_product_that_was_never_public_does_not_exist(state):
    listing = make_listing(state=state)

    with pytest.raises(NoSuchProduct):
        display_product(product_id=listing.product_id, today=clock.today())


def test_spirit_does_not_exist():
    listing = make_listing("Rượu mơ", criteria_set=14)

    with pytest.raises(NoSuchProduct):
        display_product(product_id=listing.product_id, today=clock.today())


def test_what_is_promised_is_not_free_and_little_is_scarce():
    listing = make_listing(stock=None)
    packs = [make_pack(listing, unit=f"{number} g", price_vnd=40_000 + number, stock=20) for number in range(4)]
    for pack, allocated in zip(packs, (5, 6, 19, 20), strict=True):
        type(pack).objects.filter(pk=pack.pk).update(num_allocated=allocated)

    shown = display_product(product_id=listing.product_id, today=clock.today()).packs

    assert [(pack.free_stock, pack.is_scarce, pack.is_sold_out) for pack in shown] == [
        (15, False, False),
        (14, True, False),
        (1, True, False),
        (0, False, True),
    ]
    assert [pack.price_vnd for pack in shown] == [40_000, 40_001, 40_002, 40_003]


def test_a_pack_leads_to_the_product_it_is_a_pack_of():
    listing = make_listing(stock=None)
    pack = make_pack(listing)
    make_pack(make_listing("Mật ong", stock=None))

    assert parent_of_pack(product_id=pack.product_id) == listing.product
    assert parent_of_pack(product_id=listing.product_id) is None

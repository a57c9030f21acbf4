"""Lists on the web: filters, chips, order, pages, empty shelves, and a fixed number of queries."""

import pytest
from django.core.cache import cache

from catalogue_ext.models import Category
from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.common.pieces import forget_pieces
from shop.domain.listings.shelf_index import forget_shelf
from tests.factories import make_listing, make_producer, make_province

pytestmark = pytest.mark.django_db

# Of a process that has just started, with nothing in the cache; and of one that has been asked before.
MOST_QUERIES = 10
MOST_WHEN_WARM = 5


@pytest.fixture(autouse=True)
def taxonomy(db):
    load_taxonomy()


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_list_shows_the_shelf(client, prefix):
    make_listing("Chè búp Tân Cương", title_en="Tân Cương bud tea")

    page = text_of(client.get(f"{prefix}/san-pham/"))

    assert ("Tân Cương bud tea" if prefix else "Chè búp Tân Cương") in page
    assert ("185,000" if prefix else "185.000") in page


def test_filters_narrow_and_chips_untick(client):
    make_listing("Chè năm sao", stars=5)
    make_listing("Chè bốn sao", stars=4)

    page = text_of(client.get("/san-pham/?sao=5"))

    assert "Chè năm sao" in page
    assert "Chè bốn sao" not in page
    assert 'href="?" aria-label="Bỏ lọc 5 sao"' in page


def test_list_says_how_many_products_of_how_many_provinces(client):
    make_listing("Chè búp", origin_province=make_province("19"))
    make_listing("Nước mắm", origin_province=make_province("91"))

    everything = text_of(client.get("/san-pham/"))
    narrowed = text_of(client.get("/san-pham/?tinh=an-giang"))

    assert ("2 sản phẩm từ 2 tỉnh, thành" in everything, "1 sản phẩm từ 1 tỉnh, thành" in narrowed) == (True, True)


def test_filters_of_one_kind_add_up(client):
    make_listing("Chè năm sao", stars=5)
    make_listing("Chè bốn sao", stars=4)
    make_listing("Chè ba sao", stars=3)

    page = text_of(client.get("/san-pham/?sao=5&sao=3"))

    assert [name in page for name in ("Chè năm sao", "Chè bốn sao", "Chè ba sao")] == [True, False, True]


@pytest.mark.parametrize(
    "query",
    ["sao=9", "tinh=nowhere", "nhom=x", "chu-the=abc", "chu-the=99999999999999999999", "gia=x", "xep=x", "trang=x", "%00=%00"],
)
def test_nonsense_in_the_address_changes_nothing(client, query):
    make_listing("Chè búp")

    response = client.get(f"/san-pham/?{query}")

    assert (response.status_code, "Chè búp" in text_of(response)) == (200, True)


@pytest.mark.parametrize(("number", "status"), [("1", 200), ("2", 200), ("3", 404), ("0", 404), ("99999999", 200)])
def test_pages_end_where_the_list_ends(client, number, status):
    for place in range(25):
        make_listing(f"Chè {place}")

    assert client.get(f"/san-pham/?trang={number}").status_code == status


def test_pages_link_to_their_neighbours_and_keep_filters(client):
    for place in range(25):
        make_listing(f"Chè {place}")

    first = text_of(client.get("/san-pham/?sao=4"))
    second = text_of(client.get("/san-pham/?sao=4&trang=2"))

    assert 'href="?sao=4&amp;trang=2" rel="next"' in first
    assert 'rel="prev"' in second


def test_category_holds_what_its_criteria_sets_hold(client):
    make_listing("Chè búp", criteria_set=11)
    make_listing("Bình gốm", criteria_set=21)
    food = Category.objects.get(depth=1, group="food")

    page = text_of(client.get(f"/danh-muc/{food.slug}-{food.pk}/"))

    assert ("Chè búp" in page, "Bình gốm" in page) == (True, False)


def test_category_has_one_address(client):
    food = Category.objects.get(depth=1, group="food")

    response = client.get(f"/danh-muc/mot-ten-cu/{food.slug}-x-{food.pk}/?sao=5")

    assert (response.status_code, response["Location"]) == (301, f"/danh-muc/{food.slug}-{food.pk}/?sao=5")


def test_oscar_address_of_a_category_leads_to_ours(client):
    leaf = Category.objects.filter(depth=2).first()

    assert client.get(leaf.get_absolute_url(), follow=True).status_code == 200


def test_province_list_and_empty_province_point_nearby(client):
    make_listing("Nước mắm", origin_province=make_province("91"))
    make_listing("Chè búp", origin_province=make_province("19"))
    make_province("22")
    make_province("01")

    full = text_of(client.get("/tinh/an-giang/"))
    empty = text_of(client.get("/tinh/ha-noi/"))

    assert ("Nước mắm" in full, "Chè búp" in full) == (True, False)
    assert "Không có sản phẩm nào phù hợp" in empty
    assert client.get("/tinh/khong-co/").status_code == 404


def test_empty_list_offers_to_remove_the_last_filter_and_a_province_nearby(client):
    for code in ("01", "22"):
        make_province(code)
    make_listing("Miến dong", origin_province=make_province("22"), stars=3)
    make_listing("Cốm", origin_province=make_province("01"), stars=4)

    page = text_of(client.get("/san-pham/?tinh=ha-noi&sao=3"))

    assert "Bỏ lọc Hà Nội" in page
    assert 'href="/tinh/ha-noi/"' in page


PATHS = ["/san-pham/", "/san-pham/?sao=4&tinh=thai-nguyen", "/tinh/thai-nguyen/", "/tim/?q=che"]


@pytest.mark.parametrize("path", PATHS)
def test_a_warm_process_takes_few_queries_and_the_same_for_one_as_for_three(
    client, path, settings, django_assert_max_num_queries
):
    counts = []
    for how_many in (1, 2):
        for place in range(how_many):
            make_listing(f"Chè {how_many} {place}", producer=make_producer(f"HTX {how_many} {place}"))
        forget_shelf()
        forget_pieces()
        settings.PIECES_SECONDS = settings.SHELF_INDEX_SECONDS = 60
        client.get(path)
        with django_assert_max_num_queries(MOST_WHEN_WARM) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", PATHS)
def test_lists_take_few_queries_and_the_same_for_one_as_for_three(client, path, django_assert_max_num_queries):
    counts = []
    for how_many in (1, 2):
        for place in range(how_many):
            make_listing(f"Chè {how_many} {place}", producer=make_producer(f"HTX {how_many} {place}"))
        cache.clear()
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]

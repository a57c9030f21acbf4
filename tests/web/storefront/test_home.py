"""The first page: true numbers, nothing invented."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.common import clock
from tests.factories import make_certificate, make_decision, make_listing, make_province

pytestmark = pytest.mark.django_db

# Of a process that has just started, with nothing in the cache.
MOST_QUERIES = 12


def home(client, prefix=""):
    return client.get(f"{prefix}/").content.decode()


def test_home_says_how_much_of_the_registry_is_valid(client):
    make_certificate()
    make_certificate(issued_on=clock.today() - timedelta(days=1200))
    make_certificate(issued_on=clock.today() - timedelta(days=1300))
    make_certificate(decision=make_decision(is_sample=True))

    page = home(client)

    assert '<b class="camp-n">1</b> giấy chứng nhận còn hiệu lực' in page
    assert '<b class="camp-n">2</b> đã hết hiệu lực' in page
    assert "Có thêm 1 giấy mẫu" in page
    assert "Từ 3 quyết định công nhận" in page


def test_home_counts_groups_provinces_and_stars(client):
    load_taxonomy()
    for place in range(3):
        make_listing(f"Chè {place}", stars=5, origin_province=make_province("19"))
    make_listing("Bình gốm", criteria_set=21, stars=3, origin_province=make_province("01"))

    page = home(client)

    assert "Thực phẩm<span>3 sản phẩm" in page
    assert "Thủ công mỹ nghệ<span>1 sản phẩm" in page
    assert 'href="/tinh/thai-nguyen/">Thái Nguyên <span class="num">3' in page
    assert "Xem 3 sản phẩm 5 sao" in page


def test_the_stars_on_the_home_page_lead_to_products_with_that_many(client):
    make_listing("Chè năm sao", stars=5)
    make_listing("Bình ba sao", stars=3)

    links = re.findall(r'<a class="chip" href="(/san-pham/[^"]*)"', home(client))

    assert links == ["/san-pham/?sao=5", "/san-pham/?sao=4", "/san-pham/?sao=3"]
    assert [name in client.get(links[0]).content.decode() for name in ("Chè năm sao", "Bình ba sao")] == [True, False]


def test_home_shows_no_spirits(client):
    make_listing("Rượu mơ Yên Tử", criteria_set=14)

    assert "Yên Tử" not in home(client)


@pytest.mark.parametrize(("prefix", "words"), [("", "Kệ hàng đang trống"), ("/en", "The shelf is empty")])
def test_home_of_an_empty_shop_says_so(client, prefix, words):
    assert words in home(client, prefix)


def test_home_takes_as_many_queries_for_one_as_for_three(client, django_assert_max_num_queries):
    counts = []
    for how_many in (1, 2):
        for place in range(how_many):
            make_listing(f"Chè {how_many} {place}", stars=5)
        cache.clear()
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            home(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]

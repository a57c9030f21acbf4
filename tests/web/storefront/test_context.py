import pytest
from django.core.cache import cache
from django.utils import translation

from shop.web.storefront.context import CACHE_KEY, Group, Named, Shop

AN_GIANG = Named(name="An Giang", name_en="", slug="an-giang")


def test_named_speaks_vietnamese_where_there_is_no_english():
    with translation.override("en"):
        assert AN_GIANG.local_name == "An Giang"
        assert Named(name="Hà Nội", name_en="Ha Noi", slug="ha-noi").local_name == "Ha Noi"


@pytest.mark.django_db
def test_shop_asks_the_database_once_in_half_a_minute(django_assert_num_queries):
    with django_assert_num_queries(4):
        assert Shop().groups == ()
    with django_assert_num_queries(0):
        assert Shop().valid_certificates == 0


@pytest.mark.django_db
def test_shop_asks_nothing_for_pages_that_show_nothing_of_it(django_assert_num_queries):
    with django_assert_num_queries(0):
        Shop()
    assert cache.get(CACHE_KEY) is None


def test_group_leads_to_its_list_in_the_language_of_the_page():
    tea = Group(name="Đồ uống", name_en="Drinks", slug="do-uong", code="bev", pk=2)
    with translation.override("en"):
        assert tea.url == "/en/danh-muc/do-uong-2/"
        assert tea.short_name == "Drinks"

import pytest
from django.core.paginator import Paginator
from django.template import Context
from django.test import RequestFactory

from shop.common.templatetags import shop_page


def context_at(address: str) -> Context:
    return Context({"request": RequestFactory().get(address)})


def test_query_with_goes_back_to_page_one():
    assert shop_page.query_with(context_at("/tim/?q=che&trang=4"), sao=5) == "?q=che&sao=5"


def test_query_with_none_drops_the_parameter():
    assert shop_page.query_with(context_at("/tim/?q=che&sao=5"), sao=None) == "?q=che"


def test_query_with_turns_pages_and_keeps_every_tick():
    assert shop_page.query_with(context_at("/tim/?sao=5&sao=4"), trang=2) == "?sao=5&sao=4&trang=2"


def test_query_without_takes_one_value_and_leaves_the_others():
    assert shop_page.query_without(context_at("/tim/?sao=5&sao=4&trang=2"), "sao", 5) == "?sao=4"


def test_query_without_the_last_value_is_an_empty_query():
    assert shop_page.query_without(context_at("/tim/?sao=5"), "sao", 5) == "?"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/", "/en/"),
        ("/tim/?q=ch%C3%A8", "/en/tim/?q=ch%C3%A8"),
        ("/en/", "/"),
        ("/en/tim/?q=a", "/tim/?q=a"),
        ("/english-tea/", "/en/english-tea/"),
    ],
)
def test_switch_language_url_changes_the_path_and_nothing_else(here, there):
    assert shop_page.switch_language_url(context_at(here)) == there


def test_page_numbers_leave_out_the_far_ones():
    page = Paginator(range(530), 10).page(5)
    assert list(shop_page.page_numbers(page)) == [1, "…", 4, 5, 6, "…", 53]

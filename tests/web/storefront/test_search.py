"""Search on the web: results, what was meant, and what nobody may find."""

import unicodedata

import pytest

from catalogue_ext.search.indexing import index_products
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


def stock_the_shelf(*titles, **fields):
    index_products([make_listing(title, **fields).product_id for title in titles])


def results_of(client, typed, **extra):
    return client.get("/tim/", {"q": typed, **extra}).content.decode()


@pytest.mark.parametrize("typed", ["nước mắm", "nuoc mam", unicodedata.normalize("NFD", "nước mắm")])
def test_search_finds_in_any_spelling(client, typed):
    stock_the_shelf("Nước mắm Cửa Lò", "Bình gốm")

    page = results_of(client, typed)

    assert ("Nước mắm Cửa Lò" in page, "Bình gốm" in page) == (True, False)


@pytest.mark.parametrize("typed", ["nuoc mma", "nuc mam"])
def test_search_shows_what_was_meant_and_says_so(client, typed):
    stock_the_shelf("Nước mắm Cửa Lò")

    page = results_of(client, typed)

    assert "Có phải bạn tìm" in page
    assert "Nước mắm Cửa Lò" in page


def test_search_narrows_by_facets(client):
    stock_the_shelf("Chè năm sao", stars=5)
    stock_the_shelf("Chè bốn sao", stars=4)

    page = results_of(client, "che", sao="5")

    assert ("Chè năm sao" in page, "Chè bốn sao" in page) == (True, False)


def test_search_that_facets_empty_is_not_respelled(client):
    stock_the_shelf("Chè bốn sao", stars=4)

    page = results_of(client, "che", sao="5")

    assert "Có phải bạn tìm" not in page
    assert "Không có sản phẩm nào phù hợp" in page


@pytest.mark.parametrize("typed", ["rượu", "ruou mo", "ruuo"])
def test_search_never_finds_spirits(client, typed):
    stock_the_shelf("Rượu mơ Yên Tử", criteria_set=14)
    stock_the_shelf("Bia ngô", criteria_set=15)

    page = results_of(client, typed)

    assert "Yên Tử" not in page


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "\x00", "x" * 5000, "<script>alert(1)</script>", "a' OR 1=1 --"])
def test_search_survives_anything(client, typed):
    stock_the_shelf("Chè búp")

    response = client.get("/tim/", {"q": typed})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_search_without_a_word_in_it_is_called_the_whole_shelf(client):
    stock_the_shelf("Nước mắm Cửa Lò")

    page = results_of(client, "%")

    assert ("<h1>Tất cả sản phẩm</h1>" in page, "Nước mắm Cửa Lò" in page) == (True, True)


def test_search_pages_are_not_indexed(client):
    assert 'content="noindex, follow"' in results_of(client, "che")

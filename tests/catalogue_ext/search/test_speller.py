"""A letter missing, two swapped, a space forgotten: the nearest words that the shelf knows."""

import pytest

from catalogue_ext.search.indexing import index_products
from catalogue_ext.search.searching import read_words
from catalogue_ext.search.speller import correct_words
from shop.common import clock
from shop.domain.listings.queries import shelf_listings
from tests.factories import make_listing, make_producer

pytestmark = pytest.mark.django_db


def stock_the_shelf(*titles, **fields):
    index_products([make_listing(title, **fields).product_id for title in titles])


def corrected(typed):
    words = correct_words(read_words(typed), found_in=shelf_listings(today=clock.today()), prefix="product__")
    return " ".join(words.exact) if words else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nuoc mma", "nuoc mắm"),
        ("nước mma", "nước mắm"),
        ("nuc mam", "nước mam"),
        ("nuco mam", "nước mam"),
        ("nuocmam", "nước mắm"),
        ("thot nto", "thot nốt"),
        ("duogn thot not", "đường thot not"),
        ("ca hpe", "ca phê"),
        ("mat ogn", "mat ong"),
    ],
)
def test_speller_finds_what_was_meant(typed, meant):
    stock_the_shelf("Nước mắm Cửa Lò", "Nước mắt quê", "Đường thốt nốt", "Cà phê Sơn La", "Mật ong bạc hà")

    assert corrected(typed) == meant


def test_speller_says_nothing_when_nothing_is_near():
    stock_the_shelf("Nước mắm Cửa Lò")

    assert corrected("xe đạp") is None


def test_speller_offers_only_words_that_stand_together():
    honey_farm = make_producer("Trại ong Mèo Vạc")
    stock_the_shelf("Chè nõn tôm", producer=honey_farm)
    stock_the_shelf("Muối mắm", producer=honey_farm)

    assert corrected("che mma") is None


def test_speller_knows_nothing_of_spirits():
    stock_the_shelf("Rượu mơ Yên Tử", criteria_set=14)
    stock_the_shelf("Chè nõn tôm")

    assert corrected("ruou mmo") is None


def test_speller_learns_of_a_new_product_at_once():
    stock_the_shelf("Chè nõn tôm")
    before = corrected("mat ogn")
    stock_the_shelf("Mật ong bạc hà")

    assert (before, corrected("mat ogn")) == (None, "mat ong")


def test_speller_bears_a_long_line():
    stock_the_shelf("Chè nõn tôm")

    assert corrected("mot hai ba bon nam sau bay tam chin muoi muoimot") is None

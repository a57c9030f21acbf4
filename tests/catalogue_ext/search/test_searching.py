"""Any spelling finds the product; the right accents find it first."""

import unicodedata

import pytest

from catalogue_ext.models import Product
from catalogue_ext.search.indexing import index_products
from catalogue_ext.search.searching import closeness, matching, nearness, read_words
from tests.factories import make_listing, make_producer, make_province

pytestmark = pytest.mark.django_db


def stock_the_shelf(*titles, **fields):
    listings = [make_listing(title, **fields) for title in titles]
    index_products(listing.product_id for listing in listings)
    return listings


def found_by(text):
    words = read_words(text)
    found = Product.objects.filter(matching(words)).order_by(-closeness(words), -nearness(words), "pk")
    return [product.title for product in found]


@pytest.mark.parametrize(
    "typed",
    [
        "nước mắm",
        "nuoc mam",
        "NƯỚC MẮM",
        unicodedata.normalize("NFD", "nước mắm"),
        "nước mam",
        "nuoc ma",
        "mam nuoc",
        "  nuoc,   mam! ",
        "nước\u00a0mắm",
    ],
)
def test_search_finds_fish_sauce_in_any_spelling(typed):
    stock_the_shelf("Nước mắm Cửa Lò", "Chè Tân Cương")

    assert found_by(typed) == ["Nước mắm Cửa Lò"]


@pytest.mark.parametrize("typed", ["duong thot not", "đường thốt nốt", "Ðường thốt nốt", "dak lak"])
def test_search_folds_the_letter_that_unicode_does_not(typed):
    stock_the_shelf("Đường thốt nốt Đắk Lắk", "Muối tôm")

    assert found_by(typed) == ["Đường thốt nốt Đắk Lắk"]


def test_search_puts_exact_accents_first():
    stock_the_shelf("Đường thốt nốt", "Dưỡng sinh trà", "Hương Dương")

    assert found_by("dương") == ["Hương Dương", "Đường thốt nốt", "Dưỡng sinh trà"]
    assert found_by("đường") == ["Đường thốt nốt", "Dưỡng sinh trà", "Hương Dương"]


def test_search_takes_both_schools_of_tone_marks():
    stock_the_shelf("Hoà Bình mật ong", "Chè Hoa lài", "Thủy sâm")

    assert found_by("hòa bình") == ["Hoà Bình mật ong"]
    assert found_by("thuỷ sâm") == ["Thủy sâm"]


def test_search_puts_the_name_before_the_producer():
    tea_house = make_producer("HTX Chè Mật Ong")
    stock_the_shelf("Trà xanh", producer=tea_house)
    stock_the_shelf("Mật ong bạc hà")

    assert found_by("mật ong") == ["Mật ong bạc hà", "Trà xanh"]


def test_search_looks_at_producer_province_and_english_name():
    stock_the_shelf("Chè búp", producer=make_producer("HTX Hảo Đạt"), origin_province=make_province("91"), title_en="Green tea")

    assert found_by("hao dat") == ["Chè búp"]
    assert found_by("an giang") == ["Chè búp"]
    assert found_by("green tea") == ["Chè búp"]
    assert found_by("chè an giang") == ["Chè búp"]


@pytest.mark.parametrize("typed", ["'", "a' | 'b", "mắm:*", "&|!()", "<->", "\x00nuoc", "nuoc" * 100])
def test_search_survives_what_is_not_words(typed):
    stock_the_shelf("Nước mắm Cửa Lò")
    words = read_words(typed)

    assert not words or list(Product.objects.filter(matching(words)).order_by(-closeness(words))) is not None


def test_search_has_no_words_in_punctuation():
    assert not read_words("  –!?% ")

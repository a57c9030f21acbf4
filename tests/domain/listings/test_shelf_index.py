"""The shelf in memory says what the database says, and for how long it may be behind."""

import time
from dataclasses import replace
from datetime import timedelta
from itertools import product as every_pair

import pytest

from catalogue_ext.models import Product
from catalogue_ext.search.indexing import index_products
from catalogue_ext.search.searching import read_words
from shop.common import clock
from shop.domain.listings import shelf_index as module
from shop.domain.listings.facets import FACETS
from shop.domain.listings.filtering import Chosen, Section, Sort, listings_of_section, sort_listings
from shop.domain.listings.models import Listing
from shop.domain.listings.shelf_index import ShelfIndex, ShelfRows, forget_shelf, related_to, shelf_index
from tests.factories import make_listing, make_producer
from tests.factories.places import make_province

from .by_database import count_facets, narrow_listings
from .test_facets import stock_the_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_memory():
    forget_shelf()


def by_database(section, chosen, sort=Sort.NEWEST):
    listings = listings_of_section(section, today=clock.today())
    ordered = sort_listings(narrow_listings(listings, chosen), sort, section.words)
    return _without_zeros(count_facets(listings, chosen)), list(ordered.values_list("pk", flat=True))


def _without_zeros(counts):
    """The database also names values that nothing on the shelf would have together with the ticks."""
    fields = {field: {value: n for value, n in getattr(counts, field).items() if n} for _, field, _ in FACETS}
    return replace(counts, **fields)


def by_index(section, chosen, sort=Sort.NEWEST):
    index = ShelfIndex(today=clock.today())
    rows = ShelfRows(index, section, chosen, sort)
    return index.count(section, chosen), rows[0 : len(rows)]


def test_the_index_counts_and_lists_what_the_database_does_in_every_pair_of_ticks():
    stock_the_shelf()
    plain = by_index(Section(), Chosen())[0]
    ticks = [(field, value) for _, field, _ in FACETS for value in getattr(plain, field)]
    wrong = []

    for (first, one), (second, other) in every_pair(ticks, ticks):
        chosen = Chosen(**{first: [one], second: [other]}) if first != second else Chosen(**{first: [one, other]})
        if by_index(Section(), chosen) != by_database(Section(), chosen):
            wrong.append(chosen)

    assert wrong == []


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.STARS, Sort.CHEAPEST, Sort.DEAREST])
def test_the_index_keeps_the_order_of_the_database(sort):
    stock_the_shelf()

    assert by_index(Section(), Chosen(), sort) == by_database(Section(), Chosen(), sort)


def test_sections_are_those_of_the_database():
    stock_the_shelf()
    province = Section(province_code=make_province("19").code)

    assert by_index(province, Chosen(stars=[5])) == by_database(province, Chosen(stars=[5]))
    assert by_index(Section(province_code="xx"), Chosen())[1] == []


@pytest.mark.parametrize("typed", ["chè", "che", "chè búp", "đường chè", "gom", "rượu"])
@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST, Sort.CHEAPEST])
def test_what_has_the_words_comes_in_the_order_of_the_database(typed, sort):
    stock_the_shelf()
    make_listing("Đường phèn ướp chè", stars=4, price_vnd=60_000)
    make_listing("Che chắn bằng mây", criteria_set=21, price_vnd=70_000)
    make_listing("Chè bị dừng", state=Listing.State.HIDDEN)
    index_products(Product.objects.values_list("pk", flat=True))
    section = Section(words=read_words(typed))

    assert by_index(section, Chosen(), sort) == by_database(section, Chosen(), sort)
    assert by_index(section, Chosen(stars=[4]), sort) == by_database(section, Chosen(stars=[4]), sort)


def test_words_are_looked_up_once_while_the_columns_are_used(settings, django_assert_num_queries):
    settings.SHELF_INDEX_SECONDS = 60
    stock_the_shelf()
    index_products(Product.objects.values_list("pk", flat=True))
    index, section = shelf_index(today=clock.today()), Section(words=read_words("chè"))

    with django_assert_num_queries(1):
        assert index.count(section, Chosen()).total == 2
        assert len(index.part(section, Chosen(stars=[4]), Sort.RELEVANCE, first=0, last=24)) == 1


def test_only_so_many_searches_are_remembered(monkeypatch):
    monkeypatch.setattr(module, "MOST_SEARCHES_REMEMBERED", 2)
    stock_the_shelf()
    index = ShelfIndex(today=clock.today())

    for typed in ("chè", "gốm", "mắm", "đường"):
        index.count(Section(words=read_words(typed)), Chosen())

    assert len(index._found) == 2


def test_an_empty_shelf_has_nothing():
    counts, listed = by_index(Section(), Chosen(stars=[5]))

    assert (counts.total, listed) == (0, [])


def test_nothing_is_remembered_where_settings_say_so():
    stock_the_shelf()
    before = shelf_index(today=clock.today())
    make_listing("Miến")

    assert len(shelf_index(today=clock.today()).ids) == len(before.ids) + 1


def test_the_columns_are_used_again_for_a_while_and_never_on_another_day(settings):
    settings.SHELF_INDEX_SECONDS = 60
    stock_the_shelf()
    kept = shelf_index(today=clock.today())
    make_listing("Miến")

    assert shelf_index(today=clock.today()) is kept
    assert shelf_index(today=clock.today().replace(year=2020)) is not kept


def test_columns_that_are_too_old_are_read_again(settings):
    settings.SHELF_INDEX_SECONDS = 60
    kept = shelf_index(today=clock.today())
    kept.read_at = time.monotonic() - 61

    assert shelf_index(today=clock.today()) is not kept


def test_one_thread_reads_and_the_others_go_on_with_what_there_is(settings):
    settings.SHELF_INDEX_SECONDS = 60
    kept = shelf_index(today=clock.today())
    kept.read_at = time.monotonic() - 61

    with module._reading:
        assert shelf_index(today=clock.today()) is kept


def test_reading_takes_one_statement_for_one_listing_as_for_six(django_assert_num_queries):
    make_listing("Miến")
    with django_assert_num_queries(1):
        ShelfIndex(today=clock.today())

    stock_the_shelf()
    with django_assert_num_queries(1):
        ShelfIndex(today=clock.today())


def test_related_goods_come_from_the_same_province_and_never_include_the_product_itself():
    stock_the_shelf()
    tea = Listing.objects.get(product__title="Chè búp")

    assert set(related_to(tea, today=clock.today())) == {
        listing.pk for listing in Listing.objects.filter(product__origin_province="19").exclude(pk=tea.pk)
    }


def titles_of(numbers):
    titles = dict(Listing.objects.values_list("pk", "product__title"))
    return [titles[number] for number in numbers]


def test_the_newest_can_be_of_one_number_of_stars():
    make_listing("Chè năm sao", stars=5)
    make_listing("Chè bốn sao", stars=4)
    index = ShelfIndex(today=clock.today())

    assert titles_of(index.newest(most=4, stars=5)) == ["Chè năm sao"]
    assert index.newest(most=4, stars=3) == []


def test_the_newest_name_a_producer_twice_at_most():
    tea_house, honey_farm = make_producer("HTX Hảo Đạt"), make_producer("Trại ong Mèo Vạc")
    make_listing("Mật ong", producer=honey_farm)
    for number in range(3):
        make_listing(f"Chè {number}", producer=tea_house)
    # What went on sale last is not what was certified last.
    oldest = Listing.objects.get(product__title="Mật ong").certificate
    oldest.issued_on += timedelta(days=1)
    oldest.save()
    index = ShelfIndex(today=clock.today())

    assert titles_of(index.newest(most=8)) == ["Mật ong", "Chè 2", "Chè 1"]
    assert titles_of(index.newest(most=2)) == ["Mật ong", "Chè 2"]

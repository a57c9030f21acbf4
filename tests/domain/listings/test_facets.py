"""Every facet's counts are what ticking it would show, alone and together with any other."""

from itertools import product as every_pair

import pytest

from shop.common import clock
from shop.domain.listings.facets import FACETS
from shop.domain.listings.filtering import Chosen, Section, listings_of_section
from shop.domain.listings.shelf_index import ShelfIndex
from tests.factories import make_listing, make_producer, make_province

from .by_database import narrow_listings

pytestmark = pytest.mark.django_db


def stock_the_shelf():
    thai_nguyen, an_giang = make_province("19"), make_province("91")
    tea_house = make_producer("HTX Hảo Đạt", province=thai_nguyen)
    sauce_house = make_producer("Nhà thùng Dương Đông", province=an_giang)
    make_listing("Chè búp", producer=tea_house, stars=5, price_vnd=240_000, origin_province=thai_nguyen)
    make_listing("Chè nõn", producer=tea_house, stars=4, price_vnd=95_000, stock=0, origin_province=thai_nguyen)
    make_listing("Gốm", producer=tea_house, stars=3, price_vnd=680_000, criteria_set=21, origin_province=thai_nguyen)
    make_listing("Nước mắm", producer=sauce_house, stars=5, price_vnd=185_000, criteria_set=9, origin_province=an_giang)
    make_listing("Đường", producer=sauce_house, stars=4, price_vnd=49_999, criteria_set=4, origin_province=an_giang)


def counts_of(chosen):
    return ShelfIndex(today=clock.today()).count(Section(), chosen)


def listed(chosen):
    return narrow_listings(listings_of_section(Section(), today=clock.today()), chosen).count()


def test_facets_count_each_value():
    stock_the_shelf()

    counts = counts_of(Chosen())

    assert counts.total == 5
    assert counts.groups == {"food": 4, "craft": 1}
    assert counts.provinces == {"19": 3, "91": 2}
    assert counts.stars == {5: 2, 4: 2, 3: 1}
    assert counts.prices == {"200-500": 1, "50-100": 1, "500-1000": 1, "100-200": 1, "0-50": 1}
    assert counts.stocked == {True: 4, False: 1}


def test_facets_agree_with_the_list_in_every_pair():
    stock_the_shelf()
    plain = counts_of(Chosen())
    fields = [field for _, field, _ in FACETS]
    wrong = []

    for ticked_field, counted_field in every_pair(fields, fields):
        for ticked in getattr(plain, ticked_field):
            counts = getattr(counts_of(Chosen(**{ticked_field: [ticked]})), counted_field)
            for value in getattr(plain, counted_field):
                both = {ticked_field: [ticked], counted_field: [value]}
                if counts.get(value, 0) != listed(Chosen(**both)):
                    wrong.append(both)

    assert wrong == []


def test_facets_of_one_kind_add_up():
    stock_the_shelf()

    both = Chosen(provinces=["19", "91"], stars=[5])

    assert (counts_of(both).total, listed(both)) == (2, 2)
    assert counts_of(both).provinces == {"19": 1, "91": 1}

"""Sections and orders of the shelf."""

from datetime import timedelta

import pytest

from catalogue_ext.models import Category
from catalogue_ext.search.indexing import index_products
from catalogue_ext.search.searching import read_words
from shop.common import clock
from shop.domain.listings.filtering import PriceBand, Section, Sort, listings_of_section, sort_listings
from tests.factories import make_certificate, make_listing, make_producer, make_province

pytestmark = pytest.mark.django_db


def titles(section, sort=Sort.NEWEST):
    listings = sort_listings(listings_of_section(section, today=clock.today()), sort, section.words)
    return [listing.product.title for listing in listings.select_related("product")]


def test_section_of_a_category_has_its_criteria_sets_and_what_was_put_there():
    group = Category.objects.add_root(instance=Category(name="Thực phẩm", group="food"))
    tea = Category.objects.add_child(group, instance=Category(name="Chè", group="food", criteria_set=11))
    gifts = Category.objects.add_root(instance=Category(name="Quà Tết", group="food"))
    bud = make_listing("Chè búp", criteria_set=11)
    make_listing("Mật ong", criteria_set=4)
    bud.product.categories.add(tea, gifts)

    assert titles(Section(category=Category.objects.get(pk=group.pk))) == ["Chè búp"]
    assert titles(Section(category=gifts)) == ["Chè búp"]


def test_section_of_a_province_goes_by_the_origin_of_the_product():
    make_listing("Chè búp")
    make_listing("Nước mắm", origin_province=make_province("91"))

    assert titles(Section(province_code="91")) == ["Nước mắm"]
    assert titles(Section(province_code="19")) == ["Chè búp"]


def test_listings_stand_in_every_order():
    make_listing("Giữa", price_vnd=200_000, stars=3)
    make_listing("Rẻ", price_vnd=50_000, stars=4)
    make_listing("Đắt", price_vnd=900_000, stars=5)

    assert titles(Section(), Sort.CHEAPEST) == ["Rẻ", "Giữa", "Đắt"]
    assert titles(Section(), Sort.DEAREST) == ["Đắt", "Giữa", "Rẻ"]
    assert titles(Section(), Sort.STARS) == ["Đắt", "Rẻ", "Giữa"]
    assert titles(Section(), Sort.NEWEST) == ["Đắt", "Rẻ", "Giữa"]


def test_search_section_sorts_by_relevance():
    listings = [make_listing("Đường thốt nốt"), make_listing("Dương quy")]
    index_products(listing.product_id for listing in listings)

    assert titles(Section(words=read_words("đường")), Sort.RELEVANCE) == ["Đường thốt nốt", "Dương quy"]
    assert titles(Section(words=read_words("dương")), Sort.RELEVANCE) == ["Dương quy", "Đường thốt nốt"]


def test_shelf_has_no_spirits_no_lapsed_stars_and_nothing_of_idle_producers():
    long_ago = clock.today() - timedelta(days=365 * 4)
    make_listing("Rượu mơ", criteria_set=14)
    make_listing("Chè cũ", certificate=make_certificate(issued_on=long_ago))
    make_listing("Chè ẩn", state="hidden")
    make_listing("Chè của nhà nghỉ", producer=make_producer(status="suspended"))

    assert titles(Section()) == []


def test_bands_of_prices_meet_and_leave_nothing_out():
    edges = [(band.least_vnd, band.below_vnd) for band in PriceBand]

    assert edges == [
        (0, 50_000),
        (50_000, 100_000),
        (100_000, 200_000),
        (200_000, 500_000),
        (500_000, 1_000_000),
        (1_000_000, None),
    ]

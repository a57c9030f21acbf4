import re

import pytest
from django.conf import settings

from catalogue_ext.models import Product
from catalogue_ext.placeholder_art import MOTIFS, colours_of, draw_product, group_of


def test_every_criteria_set_has_a_motif_of_the_sprite():
    sprite = (settings.BASE_DIR / "static/img/sprite.svg").read_text()
    drawn = set(re.findall(r'id="m-(\w+)"', sprite))
    assert {motif for motifs in MOTIFS.values() for motif in motifs} == drawn
    assert sorted(MOTIFS) == list(range(1, 27))


@pytest.mark.parametrize(
    ("criteria_set", "group"),
    [(1, "food"), (13, "food"), (14, "bev"), (18, "herb"), (21, "craft"), (25, "plant"), (26, "tour"), (None, "food")],
)
def test_group_of_follows_the_official_taxonomy(criteria_set, group):
    assert group_of(criteria_set) == group


def test_draw_product_draws_the_same_product_the_same_way():
    fish_sauce = Product(upc="PQ43-500", criteria_set=9)
    assert draw_product(fish_sauce) == draw_product(Product(upc="PQ43-500", criteria_set=9))
    assert "#m-bottle" in draw_product(fish_sauce)
    assert "g-food" in draw_product(fish_sauce)


def test_draw_product_stays_small():
    assert len(draw_product(Product(upc="PQ43-500", criteria_set=9))) <= 300


def test_colours_of_tea_and_coffee_are_those_of_drinks():
    assert [colours_of(criteria_set) for criteria_set in (10, 11, 13, 14, 26)] == ["food", "bev", "bev", "bev", "tour"]

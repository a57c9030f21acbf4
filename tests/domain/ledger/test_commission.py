"""Which rule wins."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue_ext.models import Category
from shop.common import clock
from shop.domain.ledger.commission import PROMISED, commissions_on, promised_percent
from shop.domain.ledger.models import CommissionRule
from shop.domain.pages.models import PageVersion
from shop.domain.pages.placeholders import current_numbers, written_values
from tests.factories import make_listing, make_producer
from tests.factories.ledger import make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    """A tea in «Đồ uống › Chè», and the categories at hand."""
    listing = make_listing()
    drinks = Category.objects.add_root(instance=Category(name="Đồ uống", slug="do-uong-thu"))
    teas = Category.objects.add_child(drinks, instance=Category(name="Chè", slug="che-thu"))
    listing.product.categories.add(teas)
    listing.drinks, listing.teas = drinks, teas
    return listing


def percent_on(listing, *, day=None):
    found = commissions_on(producer_id=listing.producer_id, product_ids=[listing.product_id], day=day or clock.today())
    return found[listing.product_id].percent


def soon():
    return {"name": "Tuần hàng OCOP", "ends_on": clock.today() + timedelta(days=3)}


def test_the_most_specific_rule_wins(tea):
    steps = [
        ("9", {"scope": "default"}),
        ("8", {"scope": "producer", "producer": tea.producer}),
        ("7", {"scope": "category", "category": tea.drinks}),
        ("6", {"scope": "category", "category": tea.teas}),
        ("5", {"scope": "product", "product": tea.product}),
        ("4", {"scope": "programme", **soon()}),
        ("3", {"scope": "programme", "category": tea.teas, **soon()}),
        ("2", {"scope": "programme", "product": tea.product, **soon()}),
    ]
    for percent, words in steps:
        make_rule(percent, **words)
        assert percent_on(tea) == Decimal(percent)


def test_rules_for_others_fall_on_nobody_else(tea):
    other = make_listing("Mật ong", producer=make_producer("HTX Ong"))
    crafts = Category.objects.add_root(instance=Category(name="Thủ công", slug="thu-cong-thu"))
    make_rule(9, scope="producer", producer=other.producer)
    make_rule(9, scope="category", category=crafts)
    make_rule(9, scope="product", product=other.product)
    make_rule(9, scope="programme", producer=other.producer, **soon())

    assert percent_on(tea) == 0


def test_of_two_alike_the_later_one_wins(tea):
    yesterday = clock.today() - timedelta(days=1)
    make_rule(6, starts_on=yesterday)
    make_rule(8, starts_on=yesterday - timedelta(days=9))

    assert percent_on(tea) == 6


def test_first_and_last_day_count(tea):
    first, last = clock.today(), clock.today() + timedelta(days=2)
    make_rule(5, scope="programme", name="Khai trương", starts_on=first, ends_on=last)
    day = timedelta(days=1)

    assert [percent_on(tea, day=at) for at in (first - day, first, last, last + day)] == [0, 5, 5, 0]


def test_without_any_rule_the_shop_keeps_its_promise(tea):
    CommissionRule.objects.update(ends_on=clock.today() - timedelta(days=1))

    found = commissions_on(producer_id=tea.producer_id, product_ids=[tea.product_id], day=clock.today())

    assert found == {tea.product_id: PROMISED}


def test_the_page_of_fees_says_the_rule_for_everybody():
    day = clock.today()
    CommissionRule.objects.update(ends_on=day - timedelta(days=1))
    assert promised_percent(day=day) == PROMISED.percent

    make_rule("5.5", starts_on=day)
    make_rule(9, scope="programme", name="Khai trương", starts_on=day, ends_on=day)
    text = PageVersion(title="Phí", title_en="", body="Hoa hồng {{ commission_percent }} %.", body_en="")

    assert current_numbers(text) == {"commission_percent": 5.5}
    written = {
        language: written_values(numbers=current_numbers(text), operator=None, language=language) for language in ("vi", "en")
    }
    assert (written["vi"]["commission_percent"], written["en"]["commission_percent"]) == ("5,5", "5.5")

"""Only what belongs to a rule's scope is kept of it."""

import pytest

from shop.common import clock
from shop.domain.ledger.models import CommissionRule
from shop.domain.ledger.setting_rules import RuleWanted, add_rule
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("scope", "kept"), [("default", None), ("producer", "producer"), ("product", "product")])
def test_a_rule_names_what_its_scope_says_and_nothing_else(scope, kept):
    listing = make_listing()
    wanted = RuleWanted(
        scope=CommissionRule.Scope(scope),
        percent=5,
        starts_on=clock.today(),
        producer_id=listing.producer_id,
        product_id=listing.product_id,
    )

    rule = add_rule(wanted=wanted, actor=SYSTEM, now=clock.now())

    named = {"producer": rule.producer_id, "category": rule.category_id, "product": rule.product_id}
    assert {name for name, value in named.items() if value} == ({kept} if kept else set())

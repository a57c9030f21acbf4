"""Rules are set from today on, keep what belongs to their scope, and end once; the log says how."""

from datetime import timedelta
from decimal import Decimal

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.models import CommissionRule
from shop.domain.ledger.setting_rules import (
    EndedAlready,
    EndsBeforeItBegins,
    RuleWanted,
    StartsInThePast,
    TargetMissing,
    add_rule,
    end_rule,
)
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_officer
from tests.factories.ledger import make_rule

pytestmark = pytest.mark.django_db
NOW = clock.now()
TODAY = clock.today()
DAY = timedelta(days=1)
S = CommissionRule.Scope


def add(actor=SYSTEM, **changes):
    words = {"scope": S.DEFAULT, "percent": Decimal("6.5"), "starts_on": TODAY, **changes}
    return add_rule(wanted=RuleWanted(**words), actor=actor, now=NOW)


def end(rule, last_day, actor=SYSTEM):
    return end_rule(rule_id=rule.pk, last_day=last_day, actor=actor, now=NOW)


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


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"starts_on": TODAY - DAY}, StartsInThePast, None),
        ({"ends_on": TODAY - DAY}, EndsBeforeItBegins, None),
        ({"scope": S.PRODUCER}, TargetMissing, "producer"),
        ({"scope": S.CATEGORY}, TargetMissing, "category"),
        ({"scope": S.PRODUCT}, TargetMissing, "product"),
        ({"scope": S.PROGRAMME, "name": " ", "ends_on": TODAY}, TargetMissing, "name"),
        ({"scope": S.PROGRAMME, "name": "Tuần hàng OCOP"}, TargetMissing, "ends_on"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(changes, error, field):
    before = CommissionRule.objects.count()

    with pytest.raises(error) as refused:
        add(**changes)
    assert (getattr(refused.value, "field", None), CommissionRule.objects.count()) == (field, before)


def test_a_rule_is_written_with_who_set_it():
    officer, producer_id = actor_of(user=make_officer()), make_listing().producer_id

    rule = add(officer, scope=S.PROGRAMME, name=" Tuần hàng ", ends_on=TODAY, producer_id=producer_id)

    rule.refresh_from_db()
    assert (rule.name, rule.percent, rule.starts_on, rule.ends_on) == ("Tuần hàng", Decimal("6.5"), TODAY, TODAY)
    assert (rule.created_at, rule.created_by_id, rule.producer_id) == (NOW, officer.user_id, producer_id)
    entry = AuditEntry.objects.get(action="commission.rule_set")
    assert (entry.object_type, entry.object_id, entry.label) == ("commission_rule", str(rule.pk), "Tuần hàng")
    assert (entry.producer_id, entry.actor_id, entry.at) == (producer_id, officer.user_id, NOW)
    new = entry.detail["new"]
    assert (new["scope"], new["percent"], new["starts_on"], new["ends_on"], new["producer_id"]) == (
        "programme",
        "6.5",
        TODAY.isoformat(),
        TODAY.isoformat(),
        producer_id,
    )
    assert (new["category_id"], new["product_id"]) == (None, None)
    add()
    assert AuditEntry.objects.latest("pk").label == "default 6.5 %"


def test_a_rule_ends_today_at_the_earliest_and_no_later_than_it_did():
    officer = actor_of(user=make_officer())
    rule, other = make_rule(5), make_rule(6)
    with pytest.raises(StartsInThePast):
        end(rule, TODAY - DAY)

    assert end(rule, TODAY + DAY, officer).ends_on == TODAY + DAY
    for day in (TODAY + DAY, TODAY + DAY * 2):
        with pytest.raises(EndedAlready):
            end(rule, day)
    end(rule, TODAY, officer)

    rule.refresh_from_db()
    other.refresh_from_db()
    assert (rule.ends_on, other.ends_on) == (TODAY, None)
    told = AuditEntry.objects.filter(action="commission.rule_ended").order_by("pk")
    assert [(one.actor_id, one.object_id, one.detail["old"], one.detail["new"]) for one in told] == [
        (officer.user_id, str(rule.pk), {"ends_on": None}, {"ends_on": (TODAY + DAY).isoformat()}),
        (officer.user_id, str(rule.pk), {"ends_on": (TODAY + DAY).isoformat()}, {"ends_on": TODAY.isoformat()}),
    ]


def test_a_rule_that_has_not_begun_is_taken_back_whole_and_one_of_today_is_not():
    begins, later = add(), add(starts_on=TODAY + DAY * 5, ends_on=TODAY + DAY * 9)

    assert end(later, TODAY + DAY * 7).ends_on == TODAY + DAY * 4
    assert end(begins, TODAY).ends_on == TODAY
    with pytest.raises(EndedAlready):
        end(later, TODAY + DAY * 7)

"""A rate of tax begins today at the earliest, and is taken back only before its first day."""

from datetime import timedelta
from decimal import Decimal

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.models import TaxRate
from shop.domain.ledger.setting_taxes import RateBegun, RateInThePast, RateWanted, add_rate, take_rate_back
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
NOW = clock.now()
TODAY = clock.today()
DAY = timedelta(days=1)


def add(starts_on=TODAY, actor=SYSTEM):
    wanted = RateWanted("household", "goods", Decimal(1), Decimal("0.5"), starts_on, "Nghị định thử")
    return add_rate(wanted=wanted, actor=actor, now=NOW)


def test_a_rate_is_written_with_its_law_and_who_set_it():
    officer = actor_of(user=make_officer())

    rate = TaxRate.objects.get(pk=add(actor=officer).pk)

    assert (rate.legal_form, rate.activity, rate.vat_percent, rate.income_tax_percent) == (
        "household",
        "goods",
        1,
        Decimal("0.5"),
    )
    assert (rate.starts_on, rate.ends_on, rate.source) == (TODAY, None, "Nghị định thử")
    assert (rate.created_at, rate.created_by_id) == (NOW, officer.user_id)
    entry = AuditEntry.objects.get(action="tax.rate_set")
    assert (entry.object_type, entry.object_id, entry.label) == ("tax_rate", str(rate.pk), "household, goods")
    assert (entry.actor_id, entry.at, entry.detail["new"]["source"]) == (officer.user_id, NOW, "Nghị định thử")
    with pytest.raises(RateInThePast):
        add(TODAY - DAY)


def test_a_rate_is_taken_back_once_and_before_its_first_day():
    officer = actor_of(user=make_officer())
    begun, coming, other = add(), add(TODAY + DAY), add(TODAY + DAY * 2)

    with pytest.raises(RateBegun):
        take_rate_back(rate_id=begun.pk, actor=officer, now=NOW)
    taken = [take_rate_back(rate_id=coming.pk, actor=officer, now=NOW) for _ in range(2)]

    for rate in (begun, coming, other):
        rate.refresh_from_db()
    assert (taken, [rate.ends_on for rate in (begun, coming, other)]) == ([coming] * 2, [None, TODAY, None])
    entry = AuditEntry.objects.get(action="tax.rate_taken_back")
    assert (entry.object_id, entry.actor_id, entry.at) == (str(coming.pk), officer.user_id, NOW)
    assert entry.detail["old"] == {"starts_on": (TODAY + DAY).isoformat()}

"""`manage.py demo_sales` plays sales that leave money to be paid out, once, and the books stay right."""

import pytest
from django.core.management import CommandError, call_command

from shop.common import clock
from shop.demo.sales import play_sales
from shop.domain.payouts.owing import assess, owed_producers
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_producer
from tests.factories.transfers import open_account

pytestmark = pytest.mark.django_db


def test_nobody_plays_sales_in_a_real_shop(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="only with DEMO=1"):
        call_command("demo_sales")


def test_every_producer_with_goods_can_be_paid_and_a_second_time_changes_nothing(settings):
    open_account(settings)
    company, household = make_producer("Công ty Mẫu"), make_producer("Hộ Mẫu", kind="household_business")
    for producer in (company, household):
        make_listing(f"Chè {producer.name}", producer=producer, stock=100)
    producers = [company, household, make_producer("HTX không có hàng")]

    orders = play_sales(producers=producers, now=clock.now())
    again = play_sales(producers=producers, now=clock.now())

    owed = assess(producer_ids=owed_producers(), now=clock.now())
    assert (len(orders), again) == (6, [])
    assert {one.profile.producer for one in owed if one.obstacle is None} == {company, household}
    assert {one.profile.producer_id: one.profile.legal_form for one in owed} == {company.pk: "company", household.pk: "household"}
    assert broken_invariants() == []

"""Goods change their VAT class on a day; what was sold keeps the one it had."""

from datetime import date, timedelta

import pytest

from catalogue_ext.models import Product
from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.changing_vat import (
    ChangeApplied,
    ChangeInThePast,
    ChangeWanted,
    NothingChanges,
    carry_out_changes,
    plan_change,
    take_change_back,
)
from shop.domain.ledger.models import VatChange
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing, make_order, make_pack

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def plan(**changes):
    words = {"to_class": "10", "starts_on": clock.today() + DAY, "source": "Luật thử", "from_class": "5", **changes}
    return plan_change(wanted=ChangeWanted(**words), actor=SYSTEM, now=clock.now())


def test_the_reduction_ends_by_itself_with_the_year_2026():
    tea = make_listing(vat_class="8").product
    new_year = clock.now().replace(year=2027, month=1, day=1, hour=0, minute=1)

    assert carry_out_changes(now=new_year - DAY) == 0
    assert carry_out_changes(now=new_year) == 1

    tea.refresh_from_db()
    assert tea.vat_class == "10"
    assert VatChange.objects.get().starts_on == date(2027, 1, 1)
    assert carry_out_changes(now=new_year) == 0


def test_a_product_changes_with_its_packs_and_its_orders_do_not():
    listing = make_listing(stock=None, vat_class="5")
    pack = make_pack(listing)
    other = make_listing(vat_class="5").product
    line = make_order((pack, 1)).lines.get()

    plan(product_id=listing.product_id, from_class="", starts_on=clock.today())

    classes = dict(Product.objects.values_list("pk", "vat_class"))
    assert (classes[listing.product_id], classes[pack.product_id], classes[other.pk]) == ("10", "10", "5")
    line.refresh_from_db()
    assert line.tax_code == "5"
    assert AuditEntry.objects.get(action="vat.change_applied").detail["rows"] == 2


def test_changes_come_in_the_order_of_their_days():
    tea = make_listing(vat_class="5").product
    plan(from_class="10", to_class="0", starts_on=clock.today() + 2 * DAY)
    plan()

    assert carry_out_changes(now=clock.now() + 3 * DAY) == 2

    tea.refresh_from_db()
    assert tea.vat_class == "0"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"starts_on": date(2020, 1, 1)}, ChangeInThePast),
        ({"from_class": "10"}, NothingChanges),
        ({"from_class": ""}, NothingChanges),
        ({"product_id": 1}, NothingChanges),
    ],
)
def test_what_is_no_change_is_refused(changes, error):
    with pytest.raises(error):
        plan(**changes)


def test_a_change_is_taken_back_until_its_day():
    change = plan()
    for _ in range(2):
        take_change_back(change_id=change.pk, actor=SYSTEM, now=clock.now())

    assert carry_out_changes(now=clock.now() + 2 * DAY) == 0
    done = plan(starts_on=clock.today())
    with pytest.raises(ChangeApplied):
        take_change_back(change_id=done.pk, actor=SYSTEM, now=clock.now())

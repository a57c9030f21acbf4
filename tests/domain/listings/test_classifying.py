import pytest

from catalogue_ext.models import Product, is_alcohol, is_no_alcohol
from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.listings.classifying import classify_alcohol
from shop.domain.listings.moderating import OwnListing, ReasonMissing, UnknownListing
from shop.domain.people.models import Officer
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_member, make_officer, make_pack, make_producer, make_province

pytestmark = pytest.mark.django_db


def judge(listing, value, *, officer=None, reason="Nhãn ghi 30 độ cồn"):
    actor = actor_of(user=officer or make_officer())
    return classify_alcohol(listing_id=listing.pk, is_alcohol=value, reason=reason, actor=actor, now=clock.now())


@pytest.mark.parametrize(
    ("criteria_set", "word", "expected"),
    [
        (14, None, True),
        (15, None, True),
        (16, None, False),
        (None, None, False),
        (18, True, True),
        (None, True, True),
        (14, False, False),
    ],
)
def test_property_and_sql_say_the_same(criteria_set, word, expected):
    product = make_listing(criteria_set=criteria_set, alcohol_by_office=word).product

    assert product.is_alcohol is expected
    assert Product.objects.filter(is_alcohol()).exists() is expected
    assert Product.objects.filter(is_no_alcohol()).exists() is not expected


def test_the_office_judges_a_product_with_its_packs_and_is_written_down():
    listing = make_listing("Rượu thuốc", criteria_set=18, stock=None)
    pack = make_pack(listing)

    judge(listing, True)
    judge(listing, True)

    assert Product.objects.filter(is_alcohol(), pk__in=[listing.product_id, pack.product_id]).count() == 2
    entry = AuditEntry.objects.get(action="listing.alcohol_judged")
    assert (entry.reason, entry.detail["new"]) == ("Nhãn ghi 30 độ cồn", {"alcohol_by_office": True})

    judge(listing, None)

    assert not Product.objects.filter(is_alcohol()).exists()


def test_nobody_judges_without_a_reason_outside_their_reach_or_for_their_own_producer():
    listing = make_listing(criteria_set=18, producer=make_producer(province=make_province("19")))
    officer = make_officer()
    make_member(listing.producer, user=officer)

    with pytest.raises(ReasonMissing):
        judge(listing, True, reason=" ")
    with pytest.raises(OwnListing):
        judge(listing, True, officer=officer)
    with pytest.raises(UnknownListing):
        judge(listing, True, officer=make_officer(scope=Officer.Scope.PROVINCE, province=make_province("01")))
    assert not Product.objects.filter(is_alcohol()).exists()

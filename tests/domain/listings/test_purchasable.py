"""The shelf in SQL and the refusal in Python answer alike, for grown-ups and everybody else."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.listings.models import Listing
from shop.domain.listings.purchasable import Refusal, on_adult_shelf, on_shelf, refusal_of
from tests.factories import make_listing

pytestmark = pytest.mark.django_db
TODAY = clock.today()
WINE = 14


def stop(listing):
    listing.certificate.stored_state, listing.certificate.stopped_on, listing.certificate.stop_reason = "suspended", TODAY, "x"
    listing.certificate.save()


def suspend(listing):
    listing.producer.profile.status = "suspended"
    listing.producer.profile.save()


def expire(listing):
    listing.certificate.valid_until = TODAY - timedelta(days=1)
    listing.certificate.save()


def hide(listing):
    Listing.objects.filter(pk=listing.pk).update(state="hidden")


def strip(listing):
    Listing.objects.filter(pk=listing.pk).update(state="hidden", certificate=None)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda _: None, None),
        (hide, Refusal.NOT_LIVE),
        (strip, Refusal.NOT_LIVE),
        (suspend, Refusal.PRODUCER_INACTIVE),
        (stop, Refusal.CERTIFICATE_NOT_VALID),
        (expire, Refusal.CERTIFICATE_NOT_VALID),
    ],
)
@pytest.mark.parametrize("criteria_set", [11, WINE])
def test_what_is_refused_is_on_no_shelf(change, refusal, criteria_set):
    listing, is_alcohol = make_listing(criteria_set=criteria_set), criteria_set == WINE
    other = make_listing("Mật ong")
    change(listing)
    listing = Listing.objects.get(pk=listing.pk)

    seen = [set(Listing.objects.filter(shelf(today=TODAY))) for shelf in (on_shelf, on_adult_shelf)]

    assert refusal_of(listing, today=TODAY, is_adult=True) == refusal
    assert refusal_of(listing, today=TODAY) == (refusal or (Refusal.ALCOHOL if is_alcohol else None))
    assert seen == [
        {other} | ({listing} if refusal is None and not is_alcohol else set()),
        {listing} if refusal is None and is_alcohol else set(),
    ]


def test_a_shelf_is_asked_for_through_another_table():
    listing = make_listing()
    hide(make_listing("Mật ong"))

    found = listing.stock_records.model.objects.filter(on_shelf(today=TODAY, prefix="listing__"))

    assert [record.listing for record in found] == [listing]


def test_a_listing_without_a_certificate_is_not_sold():
    listing = make_listing()
    listing.certificate = None

    assert refusal_of(listing, today=TODAY) == Refusal.CERTIFICATE_NOT_VALID

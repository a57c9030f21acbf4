from datetime import timedelta

import pytest

from catalogue_ext.models import Product
from catalogue_ext.search.searching import matching, read_words
from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.listings.models import Listing
from shop.domain.listings.publishing import ListingNotPublishable, Obstacle, hide_listing, publish_listing
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_listing, make_member, make_producer

pytestmark = pytest.mark.django_db


def _publish(listing):
    owner = actor_of(user=make_member(listing.producer))
    return publish_listing(listing_id=listing.pk, actor=owner, now=clock.now(), today=clock.today())


def _refusal(listing):
    with pytest.raises(ListingNotPublishable) as refused:
        _publish(listing)
    return refused.value.obstacle


@pytest.mark.parametrize("state", ["draft", "changes_requested", "approved", "hidden"])
def test_a_listing_with_certificate_and_price_goes_live(state):
    listing = make_listing(state=state)

    _publish(listing)

    listing.refresh_from_db()
    assert (listing.state, listing.version) == ("live", 2)
    assert listing.went_live_at is not None


def test_a_listing_that_goes_live_can_be_found():
    listing = make_listing("Nước mắm Cửa Lò", state="draft")

    _publish(listing)

    found = Product.objects.filter(matching(read_words("nuoc mam")))
    assert list(found) == [listing.product]


def test_publishing_twice_changes_nothing():
    listing = make_listing(state="live")

    _publish(listing)

    listing.refresh_from_db()
    assert listing.version == 1


def test_a_listing_that_comes_back_keeps_the_day_it_first_went_live():
    listing = make_listing(state="hidden")
    first = clock.now() - timedelta(days=90)
    Listing.objects.filter(pk=listing.pk).update(went_live_at=first)

    _publish(listing)

    listing.refresh_from_db()
    assert listing.went_live_at == first


def test_a_certificate_that_ended_yesterday_keeps_a_listing_off_the_shelf():
    producer = make_producer()
    issued = clock.today() - timedelta(days=1096)
    ended = make_certificate(producer=producer, issued_on=issued, valid_until=clock.today() - timedelta(days=1))

    assert _refusal(make_listing(certificate=ended, state="draft")) == Obstacle.CERTIFICATE_EXPIRED


def test_a_certificate_that_ends_today_still_sells():
    producer = make_producer()
    issued = clock.today() - timedelta(days=1095)
    listing = make_listing(
        certificate=make_certificate(producer=producer, issued_on=issued, valid_until=clock.today()), state="draft"
    )

    assert _publish(listing).state == "live"


@pytest.mark.parametrize(
    ("stored_state", "obstacle"),
    [
        (Certificate.State.SUSPENDED, Obstacle.CERTIFICATE_SUSPENDED),
        (Certificate.State.REVOKED, Obstacle.CERTIFICATE_REVOKED),
    ],
)
def test_a_stopped_certificate_keeps_a_listing_off_the_shelf(stored_state, obstacle):
    certificate = make_certificate(stored_state=stored_state, stopped_on=clock.today())

    assert _refusal(make_listing(certificate=certificate, state="draft")) == obstacle


def test_a_listing_without_a_certificate_is_not_published():
    listing = make_listing(state="draft")
    Listing.objects.filter(pk=listing.pk).update(certificate=None)

    assert _refusal(listing) == Obstacle.NO_CERTIFICATE


def test_a_listing_without_a_price_is_not_published():
    assert _refusal(make_listing(state="draft", price_vnd=None, stock=None)) == Obstacle.NO_PRICE


def test_alcohol_is_not_published_before_the_office_has_read_it():
    assert _refusal(make_listing(state="draft", criteria_set=14)) == Obstacle.ALCOHOL


def test_a_suspended_producer_publishes_nothing():
    assert _refusal(make_listing(producer=make_producer(status="suspended"), state="draft")) == Obstacle.PRODUCER_INACTIVE


@pytest.mark.parametrize(("state", "obstacle"), [("archived", Obstacle.ARCHIVED), ("submitted", Obstacle.IN_REVIEW)])
def test_a_listing_out_of_the_producers_hands_is_not_published(state, obstacle):
    assert _refusal(make_listing(state=state)) == obstacle


def test_another_producers_listing_is_not_found():
    listing = make_listing(state="draft")
    stranger = actor_of(user=make_member(make_producer()))

    with pytest.raises(Listing.DoesNotExist):
        publish_listing(listing_id=listing.pk, actor=stranger, now=clock.now(), today=clock.today())


def test_a_hidden_listing_leaves_the_shelf_and_hiding_twice_is_once():
    listing = make_listing(state="live")
    owner = actor_of(user=make_member(listing.producer))

    hide_listing(listing_id=listing.pk, actor=owner, now=clock.now())
    hide_listing(listing_id=listing.pk, actor=owner, now=clock.now())

    listing.refresh_from_db()
    assert (listing.state, listing.version) == ("hidden", 2)

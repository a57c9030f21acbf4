"""The office's queues show something, and nothing of a real producer."""

import pytest

from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.common import clock
from shop.demo.office_work import load_office_work
from shop.demo.samples import load_samples
from shop.domain.listings.models import ListingRevision
from shop.domain.producers.models import ProducerProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending():
    load_taxonomy()
    load_samples(now=clock.now(), today=clock.today())
    return load_office_work(now=clock.now())


def test_words_prices_and_a_producer_wait_and_all_are_samples(pending):
    revisions = ListingRevision.objects.select_related("listing__producer__profile")

    assert {revision.state for revision in revisions} == {"submitted"}
    assert any(revision.prices for revision in revisions)
    assert {flag["kind"] for revision in revisions for flag in revision.flags} == {"more_stars", "medicine"}
    assert all(revision.listing.producer.profile.is_sample for revision in revisions)
    assert (pending.profile.status, pending.profile.is_sample) == ("pending", True)


def test_it_is_loaded_once(pending):
    assert load_office_work(now=clock.now()) == pending
    assert ListingRevision.objects.count() == 3
    assert ProducerProfile.objects.filter(status="pending").count() == 1

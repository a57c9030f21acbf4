"""Samples show every group and state, and never pass for real certificates."""

import pytest

from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.common import clock
from shop.demo.samples import AUTHORITY, load_samples
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import LiveState, live_state, view_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample_listings():
    load_taxonomy()
    return load_samples(now=clock.now(), today=clock.today())


def test_samples_show_every_state_of_a_star(sample_listings):
    states = {live_state(listing.certificate, today=clock.today()) for listing in sample_listings}

    assert states == set(LiveState)


def test_samples_bear_the_sample_authority_and_say_so(sample_listings):
    certificates = Certificate.objects.select_related("decision", "province")

    assert {certificate.decision.authority for certificate in certificates} == {AUTHORITY}
    assert all(view_of(certificate, today=clock.today()).is_sample for certificate in certificates)
    assert all("(mẫu)" in certificate.product_name for certificate in certificates)
    assert all("Mẫu" in listing.producer.name for listing in sample_listings)


def test_a_sample_with_packs_costs_what_its_cheapest_pack_costs(sample_listings):
    with_packs = next(listing for listing in sample_listings if listing.stock_records.count() > 1)

    assert with_packs.price_from_vnd == min(record.price for record in with_packs.stock_records.all())


def test_samples_are_loaded_once(sample_listings):
    again = load_samples(now=clock.now(), today=clock.today())

    assert again == []
    assert Certificate.objects.count() == len(sample_listings)

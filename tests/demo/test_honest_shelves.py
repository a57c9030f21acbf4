"""Every certificate on the shelves of `make run` says what its source says, to the letter."""

import csv
from datetime import date

import pytest

from shop.common import clock
from shop.demo.catalogue import LISTS, load_catalogue
from shop.demo.offerings import DATA
from shop.demo.samples import AUTHORITY
from shop.demo.unproven import is_proven
from shop.domain.certificates.models import Certificate, Decision, UnprovenEntry
from shop.domain.certificates.naming import comparable
from shop.domain.certificates.state import valid_on
from shop.domain.listings.models import Listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return load_catalogue(now=clock.now(), with_demo=True, say=lambda _line: None)


def proven_rows():
    """What the sources say, by product and decision: number, date, stars and producer of each row."""
    with (DATA / "certified_products.csv").open(encoding="utf-8-sig") as lines:
        rows = [row for number, row in enumerate(csv.DictReader(lines), start=2) if is_proven(number, row)]
    return {
        (comparable(row["product_name"]), row["decision_no"], comparable(row["producer_name"])): (
            date.fromisoformat(row["decision_date"]),
            int(row["stars"]),
        )
        for row in rows
    }


def shown_certificates():
    return Certificate.objects.filter(decision__is_sample=False).select_related("decision", "import_run")


def test_number_date_stars_and_producer_are_those_of_the_source(loaded):
    shown = {
        (one.folded_name, one.decision.number, comparable(one.producer_name)): (one.decision.signed_on, one.stars)
        for one in shown_certificates()
    }

    assert shown == proven_rows()


def test_every_certificate_traces_to_a_file_and_a_row(loaded):
    assert {one.import_run.file_name for one in shown_certificates()} == set(LISTS)
    assert all(one.source_row for one in shown_certificates())
    assert all((DATA.parents[2] / one.source.split(" (")[0]).is_file() for one in Decision.objects.filter(is_sample=False))


def test_what_is_live_is_certified_today_or_marked_as_a_sample(loaded):
    live = Listing.objects.filter(state=Listing.State.LIVE).select_related("certificate__decision")
    valid = set(Certificate.objects.filter(valid_on(day=clock.today())).values_list("pk", flat=True))

    assert loaded.live_listings == live.count() > 0
    assert all(listing.certificate_id in valid or listing.certificate.decision.authority == AUTHORITY for listing in live)


def test_without_the_demonstration_nothing_is_priced_and_nothing_is_a_sample():
    counts = load_catalogue(now=clock.now(), with_demo=False, say=lambda _line: None)

    assert counts.live_listings == 0
    assert counts.certificates == len(proven_rows())
    assert not Decision.objects.filter(is_sample=True).exists()


def test_loading_twice_changes_nothing(loaded):
    again = load_catalogue(now=clock.now(), with_demo=True, say=lambda _line: None)

    assert again == loaded
    assert UnprovenEntry.objects.count() == loaded.unproven

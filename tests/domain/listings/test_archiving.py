"""A terminated producer's listings are history, one by one and once; nobody else's are."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.listings.archiving import archive_listings, unarchived_listings
from shop.domain.listings.models import Listing
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_officer, make_producer
from tests.factories.listings import make_revision

pytestmark = pytest.mark.django_db
NOW = clock.now()


def end(producer):
    producer.profile.status = "terminated"
    producer.profile.save()


def test_only_a_terminated_producer_s_listings_are_archived():
    live, draft = make_listing(), make_listing("Trà nõn", state="draft")
    Listing.objects.filter(pk=draft.pk).update(producer=live.producer)
    other = make_listing("Mật ong", producer=make_producer("HTX Ong"))
    waiting, older, foreign = make_revision(live), make_revision(live, state="rejected", reason="x"), make_revision(other)
    officer = actor_of(user=make_officer())
    archive_listings(producer_id=live.producer_id, actor=officer, now=NOW)
    assert not Listing.objects.filter(state="archived").exists()

    end(live.producer)
    assert set(unarchived_listings(producer_id=live.producer_id)) == {live, draft}
    for _ in range(2):
        archive_listings(producer_id=live.producer_id, actor=officer, now=NOW)

    for row in (live, draft, other, waiting, older, foreign):
        row.refresh_from_db()
    assert [(one.state, one.version) for one in (live, draft, other)] == [("archived", 2), ("archived", 2), ("live", 1)]
    assert [one.state for one in (waiting, older, foreign)] == ["replaced", "rejected", "submitted"]
    first = AuditEntry.objects.filter(action="listing.archived").order_by("pk").first()
    assert (first.object_type, first.object_id, first.label) == ("listing", str(live.pk), "Chè Tân Cương")
    assert (first.actor_id, first.at, first.producer_id) == (officer.user_id, NOW, live.producer_id)
    assert (first.province_code, first.detail["old"], first.detail["new"]) == (
        live.certificate.province_id,
        {"state": "live"},
        {"state": "archived"},
    )
    assert AuditEntry.objects.filter(action="listing.archived").count() == 2

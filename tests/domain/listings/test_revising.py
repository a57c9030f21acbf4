import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.listings.own_listing import ProducerStopped
from shop.domain.listings.publishing import ListingNotPublishable, Obstacle, publish_listing
from shop.domain.listings.revising import (
    DraftChanged,
    ListingArchived,
    NothingToReview,
    discard_draft,
    mark_of,
    save_draft,
    send_for_review,
)
from shop.domain.listings.shelf_edit import ShelfChange, edit_shelf
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_member, make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè Tân Cương", price_vnd=100_000)


@pytest.fixture
def owner(tea):
    return actor_of(user=make_member(tea.producer))


def send(listing, actor, expected="", **texts):
    return send_for_review(listing_id=listing.pk, texts=texts, expected=expected, actor=actor, now=clock.now())


def test_a_listing_that_never_was_on_the_shelf_is_sent_as_it_is(tea, owner):
    Listing.objects.filter(pk=tea.pk).update(state="draft", went_live_at=None)
    assert send(tea, owner).state == "submitted"

    shown = make_listing("Mật ong", producer=tea.producer)
    for state in ("live", "hidden"):
        Listing.objects.filter(pk=shown.pk).update(state=state)
        with pytest.raises(NothingToReview):
            send(shown, owner)


def save(listing, actor, expected="", **texts):
    return save_draft(listing_id=listing.pk, texts=texts, expected=expected, actor=actor, now=clock.now())


def price(listing, actor, price_vnd, version=1):
    record = listing.stock_records.get()
    change = ShelfChange(record.pk, price_vnd, record.num_in_stock, record.num_in_stock)
    return edit_shelf(changes=[change], expected_version=version, actor=actor, now=clock.now())


def test_a_draft_keeps_only_what_differs_and_changes_no_page(tea, owner):
    draft = save(tea, owner, title="Chè Tân Cương", description="Thơm cốm")

    tea.product.refresh_from_db()
    assert (draft.texts, tea.product.description) == ({"description": "Thơm cốm"}, "")


def test_a_draft_that_says_what_the_page_says_is_none(tea, owner):
    draft = save(tea, owner, description="Thơm cốm")

    assert save(tea, owner, mark_of(draft), description="") is None
    assert not ListingRevision.objects.exists()


def test_a_colleagues_draft_is_not_written_over(tea, owner):
    save(tea, owner, description="Thơm cốm")

    with pytest.raises(DraftChanged):
        save(tea, owner, "", description="Vị chát dịu")


def test_sending_words_of_a_live_listing_leaves_it_on_sale_with_the_old_ones(tea, owner):
    revision = send(tea, owner, description="Thơm cốm")

    tea.refresh_from_db()
    tea.product.refresh_from_db()
    assert (tea.state, tea.product.description, revision.state) == ("live", "", "submitted")
    entry = AuditEntry.objects.get(action="listing.submitted")
    assert entry.detail["new"] == {"description": "Thơm cốm"}
    assert entry.province_code == tea.certificate.province_id


def test_sending_a_draft_listing_submits_it():
    listing = make_listing(state="draft")

    send(listing, actor_of(user=make_member(listing.producer)), description="Thơm cốm")

    listing.refresh_from_db()
    assert listing.state == "submitted"


def test_sending_again_replaces_what_waits_and_numbers_go_up(tea, owner):
    first = send(tea, owner, description="Thơm cốm")
    second = send(tea, owner, description="Vị chát dịu")

    first.refresh_from_db()
    assert (first.state, second.state, second.number > first.number) == ("replaced", "submitted", True)


def test_sending_what_is_on_the_page_is_nothing_to_read(tea, owner):
    with pytest.raises(NothingToReview):
        send(tea, owner, title="Chè Tân Cương")


def test_a_field_that_is_no_text_is_ignored(tea, owner):
    assert send(tea, owner, description="Thơm", criteria_set="14", slug="khac").texts == {"description": "Thơm"}


def test_a_sentence_to_warn_of_is_kept_with_the_revision(tea, owner):
    revision = send(tea, owner, description="Thơm. Chè 5 sao của xã!")

    assert revision.flags == [{"kind": "more_stars", "field": "description", "sentence": "Chè 5 sao của xã!"}]


@pytest.mark.parametrize(("price_vnd", "waits"), [(130_000, False), (130_001, True), (70_000, False), (69_999, True)])
def test_a_price_that_moves_more_than_thirty_per_cent_waits(tea, owner, price_vnd, waits):
    saved = price(tea, owner, price_vnd)

    record = tea.stock_records.get()
    assert saved.waits_for_review is waits
    assert record.price == (100_000 if waits else price_vnd)
    assert ListingRevision.objects.filter(state="submitted").exists() is waits


def test_the_first_price_of_a_draft_is_free():
    listing = make_listing(state="draft", price_vnd=100_000)

    price(listing, actor_of(user=make_member(listing.producer)), 900_000)

    assert listing.stock_records.get().price == 900_000


def test_hiding_a_listing_first_does_not_free_its_price(tea, owner):
    Listing.objects.filter(pk=tea.pk).update(state="hidden")

    assert price(tea, owner, 900_000).waits_for_review


def test_words_and_a_far_price_wait_together_and_a_near_price_takes_the_far_one_back(tea, owner):
    send(tea, owner, description="Thơm cốm")
    price(tea, owner, 200_000)
    both = ListingRevision.objects.get(state="submitted")
    price(tea, owner, 110_000)
    words = ListingRevision.objects.get(state="submitted")

    assert (both.texts, list(both.prices.values())) == ({"description": "Thơm cốm"}, [200_000])
    assert (words.texts, words.prices) == ({"description": "Thơm cốm"}, {})


def test_words_sent_after_a_far_price_keep_it_waiting(tea, owner):
    price(tea, owner, 200_000)
    send(tea, owner, description="Thơm cốm")

    waiting = ListingRevision.objects.get(state="submitted")
    assert (waiting.texts, list(waiting.prices.values())) == ({"description": "Thơm cốm"}, [200_000])


def test_a_discarded_draft_is_gone_and_what_was_sent_stays(tea, owner):
    send(tea, owner, description="Thơm cốm")
    save(tea, owner, description="Vị chát dịu")

    discard_draft(listing_id=tea.pk, actor=owner)

    assert list(ListingRevision.objects.values_list("state", flat=True)) == ["submitted"]


@pytest.mark.parametrize("status", ["suspended", "terminated"])
def test_a_stopped_producer_writes_nothing(status):
    listing = make_listing(producer=make_producer(status=status))
    actor = actor_of(user=make_member(listing.producer))

    for act in (lambda: save(listing, actor, description="x"), lambda: send(listing, actor, description="x")):
        with pytest.raises(ProducerStopped):
            act()
    with pytest.raises(ProducerStopped):
        price(listing, actor, 101_000)


def test_an_archived_listing_is_history():
    listing = make_listing(state="archived")

    with pytest.raises(ListingArchived):
        save(listing, actor_of(user=make_member(listing.producer)), description="x")


def test_another_producers_listing_is_not_there(tea):
    with pytest.raises(Listing.DoesNotExist):
        send(tea, actor_of(user=make_member(make_producer())), description="x")


def test_a_draft_with_words_of_its_own_is_not_published_unread():
    listing = make_listing(state="draft")
    actor = actor_of(user=make_member(listing.producer))
    save(listing, actor, description="Thơm cốm")

    with pytest.raises(ListingNotPublishable) as refused:
        publish_listing(listing_id=listing.pk, actor=actor, now=clock.now(), today=clock.today())

    assert refused.value.obstacle == Obstacle.NOT_READ


def test_a_draft_whose_product_says_more_than_its_certificate_is_not_published_unread():
    listing = make_listing(state="draft", story="Từ năm 1920")

    with pytest.raises(ListingNotPublishable) as refused:
        publish_listing(
            listing_id=listing.pk,
            actor=actor_of(user=make_member(listing.producer)),
            now=clock.now(),
            today=clock.today(),
        )

    assert refused.value.obstacle == Obstacle.NOT_READ

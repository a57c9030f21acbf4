import pytest
from django.db import IntegrityError, transaction

from catalogue_ext.models import Product
from catalogue_ext.search.searching import matching, read_words
from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.listings.models import ListingRevision
from shop.domain.listings.moderating import (
    AlreadyAnswered,
    OwnListing,
    Read,
    ReasonMissing,
    RevisionChanged,
    UnknownListing,
    approve_revision,
    ask_for_changes,
    reject_revision,
)
from shop.domain.listings.publishing import Obstacle, obstacle_of
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.people.models import Officer
from shop.domain.people.reach import NotOfTheOffice
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_member, make_officer, make_pack, make_province, make_staff, make_user

from .test_revising import price, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè Tân Cương", price_vnd=100_000)


@pytest.fixture
def owner(tea):
    return actor_of(user=make_member(tea.producer))


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


def read(listing):
    listing.refresh_from_db()
    return Read(listing.revisions.get(state="submitted").number, listing.version)


def approve(listing, actor, seen=None):
    now = clock.now()
    return approve_revision(listing_id=listing.pk, read=seen or read(listing), actor=actor, now=now, today=now.date())


def reject(listing, actor, seen=None, reason="Không đúng sự thật"):
    return reject_revision(listing_id=listing.pk, read=seen or read(listing), reason=reason, actor=actor, now=clock.now())


def ask(listing, actor, reason="Bỏ câu thứ hai"):
    return ask_for_changes(listing_id=listing.pk, read=read(listing), reason=reason, actor=actor, now=clock.now())


def test_approved_words_and_prices_are_on_the_page_at_once_and_found(tea, owner, officer):
    price(tea, owner, 200_000)
    send(tea, owner, title="Trà đinh Tân Cương", title_en="Tân Cương bud tea", description="Thơm cốm")

    approve(tea, officer)

    tea.refresh_from_db()
    tea.product.refresh_from_db()
    assert (tea.product.title, tea.product.description) == ("Trà đinh Tân Cương", "Thơm cốm")
    assert (tea.stock_records.get().price, tea.price_from_vnd, tea.state) == (200_000, 200_000, "live")
    assert list(Product.objects.filter(matching(read_words("tra dinh")))) == [tea.product]
    entry = AuditEntry.objects.get(action="listing.approved")
    assert entry.detail["old"]["title"] == "Chè Tân Cương"
    assert entry.detail["new"]["title"] == "Trà đinh Tân Cương"


def test_packs_that_repeat_the_title_follow_it_and_others_keep_their_own(officer):
    listing = make_listing("Chè", stock=None)
    make_pack(listing)
    named = make_pack(listing).product
    foreign = make_pack(make_listing("Chè", stock=None)).product
    Product.objects.filter(pk=named.pk).update(title="Hộp quà")
    send(listing, actor_of(user=make_member(listing.producer)), title="Chè xanh")

    approve(listing, officer)

    assert sorted(Product.objects.filter(parent=listing.product).values_list("title", flat=True)) == ["Chè xanh", "Hộp quà"]
    foreign.refresh_from_db()
    assert foreign.title == "Chè"


def test_a_listing_that_waited_for_it_goes_live(officer):
    listing = make_listing(state="draft")
    send(listing, actor_of(user=make_member(listing.producer)), description="Thơm cốm")

    approve(listing, officer)

    listing.refresh_from_db()
    assert listing.state == "live"
    assert listing.went_live_at is not None


def test_a_listing_without_a_price_is_approved_and_published_later(officer):
    listing = make_listing(state="draft", price_vnd=None, stock=None)
    send(listing, actor_of(user=make_member(listing.producer)), description="Thơm cốm")

    approve(listing, officer)

    listing.refresh_from_db()
    assert listing.state == "approved"
    assert obstacle_of(listing, today=clock.today()) == Obstacle.NO_PRICE


def test_a_hidden_listing_stays_hidden_with_its_new_words(tea, owner, officer):
    send(tea, owner, description="Thơm cốm")
    tea.state = "hidden"
    tea.save()

    approve(tea, officer)

    tea.refresh_from_db()
    assert (tea.state, tea.product.__class__.objects.get().description) == ("hidden", "Thơm cốm")


def test_changes_asked_for_come_to_the_producer_with_the_reason(officer):
    listing = make_listing(state="draft")
    send(listing, actor_of(user=make_member(listing.producer)), description="Thơm. Chè 5 sao!")

    ask(listing, officer)

    listing.refresh_from_db()
    message = OutboxMessage.objects.get(kind="listing_answered")
    text = render_message(message, today=clock.today())
    assert listing.state == "changes_requested"
    assert obstacle_of(listing, today=clock.today()) == Obstacle.OFFICE_ASKED
    assert message.recipient == listing.producer.profile.email
    assert "Bỏ câu thứ hai" in text.body
    assert f"/ban-hang/san-pham/{listing.pk}/" in text.html


def test_a_rejected_edit_leaves_the_page_as_it_is(tea, owner, officer):
    send(tea, owner, description="Thơm cốm")

    reject(tea, officer)

    tea.refresh_from_db()
    tea.product.refresh_from_db()
    assert (tea.state, tea.product.description, tea.revisions.get().state) == ("live", "", "rejected")


@pytest.mark.parametrize("act", [ask, reject])
def test_sending_back_needs_a_reason(tea, owner, officer, act):
    send(tea, owner, description="Thơm cốm")

    with pytest.raises(ReasonMissing):
        act(tea, officer, reason="  ")


def test_words_that_changed_meanwhile_are_not_approved_unread(tea, owner, officer):
    send(tea, owner, description="Thơm cốm")
    seen = read(tea)
    send(tea, owner, description="Chữa khỏi ung thư")

    with pytest.raises(RevisionChanged):
        approve(tea, officer, seen)


def test_a_price_that_changed_meanwhile_is_looked_at_again(tea, owner, officer):
    send(tea, owner, description="Thơm cốm")
    seen = read(tea)
    price(tea, owner, 110_000)

    with pytest.raises(RevisionChanged):
        approve(tea, officer, seen)


def test_the_second_answer_of_another_is_refused_and_the_same_again_is_nothing(tea, owner, officer):
    send(tea, owner, description="Thơm cốm")
    seen = read(tea)
    approve(tea, officer, seen)

    assert approve(tea, officer, seen).state == "approved"
    with pytest.raises(AlreadyAnswered):
        reject(tea, actor_of(user=make_officer()), seen)
    with pytest.raises(AlreadyAnswered):
        approve(tea, actor_of(user=make_officer()), seen)
    assert OutboxMessage.objects.filter(kind="listing_answered").count() == 1


def test_an_officer_who_works_there_does_not_moderate(tea, owner):
    officer = make_officer()
    make_member(tea.producer, user=officer, role="producer_orders")
    send(tea, owner, description="Thơm cốm")

    with pytest.raises(OwnListing):
        approve(tea, actor_of(user=officer))


def test_the_database_refuses_an_answer_by_the_writer(tea, owner):
    revision = send(tea, owner, description="Thơm cốm")

    with pytest.raises(IntegrityError), transaction.atomic():
        ListingRevision.objects.filter(pk=revision.pk).update(state="approved", decided_by=owner.user_id)


def test_outside_ones_reach_there_is_nothing_to_moderate(tea, owner):
    send(tea, owner, description="Thơm cốm")
    elsewhere = actor_of(user=make_officer(scope=Officer.Scope.PROVINCE, province=make_province("01")))

    with pytest.raises(UnknownListing):
        approve(tea, elsewhere)
    with pytest.raises(NotOfTheOffice):
        approve(tea, actor_of(user=make_user()))
    assert approve(tea, actor_of(user=make_staff())).state == "approved"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", ["approved", "changes_requested", "rejected"])
def test_every_answer_can_be_read(tea, owner, officer, state, language):
    tea.producer.profile.__class__.objects.update(language=language)
    send(tea, owner, description="Thơm cốm")
    {"approved": approve, "changes_requested": ask, "rejected": reject}[state](tea, officer)

    text = render_message(OutboxMessage.objects.get(kind="listing_answered"), today=clock.today())

    assert "Chè Tân Cương" in text.subject
    assert ("OCOP office" in text.body) == (language == "en")

"""The office stops a producer amid checkouts; two people use one letter; two moderators answer at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shop.common import clock
from shop.domain.listings import moderating
from shop.domain.listings.models import Listing
from shop.domain.listings.moderating import AlreadyAnswered, Read, approve_revision, reject_revision
from shop.domain.listings.revising import send_for_review
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.producer_stops import suspend_and_hold
from shop.domain.parcels.models import Parcel
from shop.domain.producers import claiming
from shop.domain.producers.claim_codes import hash_of, make_letter
from shop.domain.producers.claiming import Claimant, CodeRefused, claim_producer
from shop.domain.producers.models import ClaimCode, Membership, ProducerProfile
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_member, make_officer, make_producer, make_user
from tests.races.buyers import drop_constraint
from tests.races.revoking import BUYERS, FEWER_BUYERS, UNGUARDED, act_amid_checkouts

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do everything at the same moment, each over a connection of its own; returns results or refusals."""
    start = Barrier(len(acts))

    def do(act):
        start.wait()
        try:
            return act()
        except (AlreadyAnswered, CodeRefused) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def suspend_amid_checkouts(address, tea, *, buyers):
    """Suspend the producer; tells how many orders there were when the act was done and its parcels settled."""
    officer = actor_of(user=make_officer())

    def suspend():
        suspend_and_hold(producer_id=tea.producer_id, reason="Nợ hồ sơ", actor=officer, now=clock.now())
        return Order.objects.count()

    return act_amid_checkouts(address, tea, suspend, buyers=buyers)


def test_every_checkout_comes_before_the_suspension_or_is_refused(live_stack):
    tea = make_listing(stock=500)

    answers, orders_when_suspended = suspend_amid_checkouts(live_stack(processes=4), tea, buyers=BUYERS)

    statuses = [answer.status for answer in answers]
    sold = statuses.count(303)
    assert sorted(set(statuses)) == [303, 409]
    assert sold == Order.objects.count() == orders_when_suspended < BUYERS
    assert Parcel.objects.filter(status="on_hold").count() == sold
    assert broken_invariants() == []


def test_without_the_shared_lock_orders_slip_in_after_the_suspension(live_stack):
    tea = make_listing(stock=500)

    address = live_stack(processes=4, environment=UNGUARDED)
    _, orders_when_suspended = suspend_amid_checkouts(address, tea, buyers=FEWER_BUYERS)

    assert Order.objects.count() > orders_when_suspended
    assert Parcel.objects.filter(status="to_confirm").exists()


def letter_and_claims():
    """One letter, and two people who use it."""
    producer = make_producer(status="unclaimed")
    code = make_letter(producer_id=producer.pk, actor=actor_of(user=make_officer()), now=clock.now()).code

    def claim_as(user):
        claimant = Claimant("Giám đốc", "+84912345678", accepts_terms=True)
        actor = actor_of(user=user)
        return lambda: claim_producer(code_hash=hash_of(code), claimant=claimant, actor=actor, now=clock.now())

    return [claim_as(make_user()) for _ in range(2)]


def test_of_two_people_with_one_letter_one_owns_the_producer():
    outcomes = at_once(*letter_and_claims())

    assert sorted(isinstance(outcome, CodeRefused) for outcome in outcomes) == [False, True]
    assert Membership.objects.count() == 1


def test_without_the_locks_one_letter_lets_two_people_in(monkeypatch):
    claims, both_have_read = letter_and_claims(), Barrier(2)

    def read_only(code_hash, _now):
        code = ClaimCode.objects.get(code_hash=code_hash)
        profile = ProducerProfile.objects.select_related("producer").get(pk=code.producer_id)
        both_have_read.wait()
        return code, profile

    monkeypatch.setattr(claiming, "_lock", read_only)
    drop_constraint("producers_producerclaim", "producers_producerclaim_code_id_key")

    at_once(*claims)

    assert Membership.objects.count() == 2


def answers_of_two_moderators():
    """A live listing with new words, and two colleagues of whom one approves and one rejects."""
    tea = make_listing()
    owner = actor_of(user=make_member(tea.producer))
    send_for_review(listing_id=tea.pk, texts={"description": "Thơm cốm"}, expected="", actor=owner, now=clock.now())
    tea.refresh_from_db()
    read = Read(tea.revisions.get(state="submitted").number, tea.version)
    first, second = (actor_of(user=make_officer()) for _ in range(2))
    now = clock.now()
    return [
        lambda: approve_revision(listing_id=tea.pk, read=read, actor=first, now=now, today=now.date()),
        lambda: reject_revision(listing_id=tea.pk, read=read, reason="Sai", actor=second, now=now),
    ]


def test_of_two_moderators_one_answers():
    outcomes = at_once(*answers_of_two_moderators())

    assert sorted(isinstance(outcome, AlreadyAnswered) for outcome in outcomes) == [False, True]
    assert OutboxMessage.objects.filter(kind="listing_answered").count() == 1


def test_without_the_lock_both_moderators_answer(monkeypatch):
    answers, both_have_read = answers_of_two_moderators(), Barrier(2)
    read = moderating.waiting_revision

    def read_only(listing):
        revision = read(listing)
        both_have_read.wait()
        return revision

    def read_listing(listing_id, reach):
        listings = Listing.objects.select_related("product", "certificate", "producer__profile")
        return listings.filter(reach).get(pk=listing_id)

    monkeypatch.setattr(moderating, "lock_listing", read_listing)
    monkeypatch.setattr(moderating, "waiting_revision", read_only)

    at_once(*answers)

    assert OutboxMessage.objects.filter(kind="listing_answered").count() == 2

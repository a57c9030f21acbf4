"""Two officers prepare at one moment; a refund arrives while a batch is approved: one batch, and no đồng too much."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections, transaction

from shop.common import clock
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.ordering.refund_promises import Cause, write_refund
from shop.domain.payments.models import Payment
from shop.domain.payouts import owing
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.models import PayoutBatch
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from tests.factories import make_officer, make_producer
from tests.factories.payouts import look_at_books, make_earning

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do everything at the same moment, each over a connection of its own."""
    start = Barrier(len(acts))

    def do(act):
        start.wait()
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def preparing():
    officer = actor_of(user=make_officer())
    return lambda: prepare_batch(actor=officer, now=clock.now())


def test_two_officers_prepare_one_batch():
    look_at_books()
    make_earning(make_producer())

    assert len(set(at_once(*(preparing() for _ in range(4))))) == 1
    assert PayoutBatch.objects.get().payouts.count() == 1


def test_two_officers_approve_once():
    look_at_books()
    parcel = make_earning(make_producer())
    batch = prepare_batch(actor=actor_of(user=make_officer()), now=clock.now())
    second = actor_of(user=make_officer())

    at_once(*[lambda: approve_batch(batch_id=batch.pk, actor=second, now=clock.now()) for _ in range(4)])

    assert balances_of_producer(producer_id=parcel.producer_id).payable_vnd == 0


def refund_while_approving(monkeypatch):
    """Approve a batch while a refund of the same money has begun and not ended; returns what the producer is owed then."""
    look_at_books()
    parcel = make_earning(make_producer())
    payment = Payment.objects.get(order=parcel.order_id)
    batch = prepare_batch(actor=actor_of(user=make_officer()), now=clock.now())
    second = actor_of(user=make_officer())
    refunded, assessed = Event(), Event()
    reckon = owing.assess

    def reckon_and_say(**words):
        found = reckon(**words)
        assessed.set()
        return found

    monkeypatch.setattr(owing, "assess", reckon_and_say)

    def refund():
        with transaction.atomic():
            cause = Cause("race", "goodwill", parcel)
            write_refund(payment=payment, amount_vnd=100_000, cause=cause, actor=SYSTEM, now=clock.now())
            refunded.set()
            # As long as it takes the other to reckon, when nothing holds it.
            assessed.wait(timeout=2)

    def approve():
        refunded.wait(timeout=20)
        return approve_batch(batch_id=batch.pk, actor=second, now=clock.now()).status

    _, status = at_once(refund, approve)
    return status, balances_of_producer(producer_id=parcel.producer_id).payable_vnd


def test_a_refund_that_comes_while_a_batch_is_approved_is_seen(monkeypatch):
    status, owed_vnd = refund_while_approving(monkeypatch)

    assert (status, owed_vnd > 0) == ("cancelled", True)
    assert broken_invariants() == []


def test_without_the_lock_more_is_paid_than_is_owed(monkeypatch):
    monkeypatch.setattr(owing, "lock_owed", lambda **_: None)
    status, owed_vnd = refund_while_approving(monkeypatch)

    assert (status, owed_vnd) == ("approved", -100_000)
    assert {broken.invariant for broken in broken_invariants()} == {"a payout takes no more than what was cleared"}

"""A worker takes a refund in the moment in which its dispute is lost: it is sent or called off, never both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction

from shop.common import clock
from shop.domain.ordering import calling_off, refunding
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.ordering.disputing import apply_dispute
from shop.domain.ordering.paying import apply_fact
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.provider import DisputeFact
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db(transaction=True)


def claim_while_losing(monkeypatch):
    """Lose a dispute while a worker has claimed the refund and not said so yet; returns the refund afterwards."""
    offer_prepaid(monkeypatch)
    payment = make_prepaid_order((make_listing(), 1)).payments.get()
    apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())
    cancel_order(order_id=payment.order_id, reason="", actor=SYSTEM, now=clock.now())
    claimed, read = Event(), Event()
    find = calling_off.lock_refunds_of

    def find_and_say(*, payment):
        found = find(payment=payment)
        read.set()
        return found

    monkeypatch.setattr(calling_off, "lock_refunds_of", find_and_say)

    def claim():
        with transaction.atomic():
            refunding._claim_next(clock.now())
            claimed.set()
            # As long as it takes the other to look, when nothing holds it.
            read.wait(timeout=1)

    def lose():
        claimed.wait()
        fact = DisputeFact("dp_1", payment.amount_vnd, "vnd", Payment.Status.DISPUTE_LOST)
        apply_dispute(payment_id=payment.pk, dispute=fact, now=clock.now())

    def do(act):
        try:
            act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(do, (claim, lose)))
    return Refund.objects.get()


def test_what_a_worker_has_claimed_is_not_called_off(monkeypatch):
    refund = claim_while_losing(monkeypatch)

    assert (refund.status, refund.is_called_off) == ("submitted", False)
    assert refund.alerts.get().kind == "given_twice"


def test_without_the_lock_what_is_sent_counts_as_called_off(monkeypatch):
    def look(*, payment):
        return list(Refund.objects.filter(payment=payment, called_off_at=None).order_by("-pk"))

    monkeypatch.setattr(calling_off, "lock_refunds_of", look)

    assert claim_while_losing(monkeypatch).is_called_off

"""An officer returns the first part of a transfer in the second in which the rest arrives: it pays, or it went back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections

from shop.common import clock
from shop.domain.ledger.accounts import BANK, UNALLOCATED
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering import transfers
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.transfer_returns import NothingToReturn, return_surplus, surplus_of
from shop.domain.payments.models import MoneyAlert, Payment
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from tests.factories import make_officer
from tests.factories.transfers import make_transfer, make_transfer_order, open_account

pytestmark = pytest.mark.django_db(transaction=True)

MISSING_VND = 10_000
# How long the rest lets an officer slip in who keeps to nothing; one who waits for the lock comes after.
SLIP_SECONDS = 2


@pytest.fixture
def order(transactional_db, settings):
    open_account(settings)
    return make_transfer_order()


def race(monkeypatch, order):
    """The rest was added up and pays next; in that gap the first part is returned. Returns whether it could be."""
    payment = order.payments.get()
    make_transfer(payment.amount_vnd - MISSING_VND, memo=order.number)
    alert, officer = MoneyAlert.objects.get(kind="underpaid"), actor_of(user=make_officer())
    added_up, returned = Event(), Event()
    add_up = transfers._add_up

    def add_up_and_wait(*what):
        fact = add_up(*what)
        added_up.set()
        returned.wait(SLIP_SECONDS)
        return fact

    def give_back():
        added_up.wait()
        try:
            held_vnd = surplus_of(payment=payment)
            return_surplus(alert_id=alert.pk, amount_vnd=held_vnd, bank_reference="FT9", actor=officer, now=clock.now())
        except NothingToReturn:
            return False
        else:
            return True
        finally:
            returned.set()
            connections.close_all()

    def rest_arrives():
        try:
            make_transfer(MISSING_VND, memo=order.number, reference="FT2")
        finally:
            added_up.set()
            connections.close_all()

    monkeypatch.setattr(transfers, "_add_up", add_up_and_wait)
    with ThreadPoolExecutor(2) as pool:
        was_returned, arrived = pool.submit(give_back), pool.submit(rest_arrives)
        arrived.result()
        return was_returned.result()


def test_the_rest_pays_and_nothing_is_left_to_return(monkeypatch, order):
    was_returned = race(monkeypatch, order)

    order.refresh_from_db()
    assert (was_returned, order.status) == (False, "paid")
    assert (balance_of(BANK), balance_of(UNALLOCATED)) == (order.payments.get().captured_vnd, 0)
    assert broken_invariants() == []


def test_without_the_lock_money_that_went_back_pays_an_order(monkeypatch, order):
    def read_before_the_lock(*, payment_id, read, now):
        return apply_fact(payment_id=payment_id, fact=read(Payment.objects.get(pk=payment_id)), now=now)

    monkeypatch.setattr(transfers, "apply_reading", read_before_the_lock)
    was_returned = race(monkeypatch, order)

    order.refresh_from_db()
    assert (was_returned, order.status) == (True, "paid")
    # The shop owes the producers what it no longer has.
    assert (balance_of(BANK), balance_of(UNALLOCATED)) == (0, order.payments.get().captured_vnd)

"""Producer and buyer press at the same moment: the goods are restocked once, the money goes back once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connections

from shop.common import clock
from shop.domain.ordering import closing, returning
from shop.domain.ordering.closing import close_parcel
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.returning import (
    NotReturnable,
    ReturnNotOpen,
    Wanted,
    accept_return,
    ask_return,
    receive_return,
    send_back,
)
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM
from shop.domain.returns.models import ReturnRequest
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def act():
    return {"actor": SYSTEM, "now": clock.now()}


def all_at_once(do):
    start = Barrier(AT_ONCE)

    def press(_number):
        start.wait()
        try:
            do()
        except (ReturnNotOpen, NotReturnable):
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(press, range(AT_ONCE)))


@pytest.fixture
def tea(transactional_db):
    return make_listing(stock=10)


@pytest.fixture
def parcel(tea):
    found = make_order((tea, 3)).parcels.get()
    confirm_parcel(parcel_id=found.pk, **act())
    ship_parcel(parcel_id=found.pk, carrier="GHN", tracking_number="LK99AQ", **act())
    return deliver_parcel(parcel_id=found.pk, **act())


def ask(parcel):
    wanted = Wanted({parcel.lines.get().pk: 1}, "other")
    return ask_return(parcel_id=parcel.pk, form_key=uuid.uuid4(), wanted=wanted, **act())


@pytest.fixture
def sent(parcel):
    asked = ask(parcel)
    accept_return(return_id=asked.pk, **act())
    return send_back(return_id=asked.pk, tracking_number="VT1", **act())


def receive(sent):
    line = sent.lines.get().line_id
    return lambda: receive_return(return_id=sent.pk, restocked={line: 1}, **act())


def test_four_forms_at_once_make_one_request(parcel):
    all_at_once(lambda: ask(parcel))

    assert ReturnRequest.objects.count() == 1


def test_received_four_times_at_once_restocks_and_refunds_once(tea, sent):
    all_at_once(receive(sent))

    assert (tea.stock_records.get().num_in_stock, Refund.objects.count()) == (8, 1)


def test_received_four_times_without_the_lock_restocks_more(tea, sent, monkeypatch):
    everybody_read = Barrier(AT_ONCE)

    def read_without_locking(return_id, states):
        asked = ReturnRequest.objects.select_related("parcel__order").get(pk=return_id)
        everybody_read.wait()
        return asked, None, asked.parcel

    monkeypatch.setattr(returning, "_lock", read_without_locking)

    all_at_once(receive(sent))

    assert tea.stock_records.get().num_in_stock > 8


def close_in_the_second_of_the_asking(parcel, monkeypatch, *, is_locked):
    """The closing has looked at the parcel when the buyer asks, both at the last moment of the window."""
    now = parcel.delivered_at + timedelta(days=7)
    looked, asked = Event(), Event()
    look = closing.closable

    def look_and_wait(**words):
        found = list(look(**words).values_list("pk", flat=True))
        looked.set()
        # As long as it takes the buyer to ask, when nothing holds them.
        asked.wait(timeout=2)
        return Parcel.objects.filter(pk__in=found)

    def ask_now():
        looked.wait(timeout=20)
        try:
            wanted = Wanted({parcel.lines.get().pk: 1}, "other")
            ask_return(parcel_id=parcel.pk, form_key=uuid.uuid4(), wanted=wanted, actor=SYSTEM, now=now)
        except NotReturnable:
            pass
        finally:
            asked.set()
            connections.close_all()

    def close_now():
        try:
            close_parcel(parcel_id=parcel.pk, now=now)
        finally:
            connections.close_all()

    monkeypatch.setattr(closing, "closable", look_and_wait)
    if not is_locked:
        monkeypatch.setattr(closing, "lock_order_of_parcel", read_without_locks)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(close_now), pool.submit(ask_now)]:
            done.result()
    return Parcel.objects.get().status, ReturnRequest.objects.count()


def read_without_locks(*, parcel_id):
    parcel = Parcel.objects.select_related("order").get(pk=parcel_id)
    return parcel.order, None, parcel


def test_asked_in_the_second_of_the_closing_it_is_one_or_the_other(parcel, monkeypatch):
    assert close_in_the_second_of_the_asking(parcel, monkeypatch, is_locked=True) == ("closed", 0)


def test_asked_in_the_second_of_the_closing_without_its_locks_the_money_is_cleared_all_the_same(parcel, monkeypatch):
    assert close_in_the_second_of_the_asking(parcel, monkeypatch, is_locked=False) == ("closed", 1)

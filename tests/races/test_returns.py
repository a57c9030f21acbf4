"""Producer and buyer press at the same moment: the goods are restocked once, the money goes back once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shop.common import clock
from shop.domain.ordering import returning
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

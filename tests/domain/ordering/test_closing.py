"""After the return window a delivered parcel is closed and its money is the producer's, unless something is open."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shop.common import clock
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.ordering.closing import close_due_parcels, close_parcel
from shop.domain.ordering.refund_promises import Cause, write_refund
from shop.domain.ordering.returning import Wanted, ask_return
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing, make_order
from tests.factories.payouts import deliver

pytestmark = pytest.mark.django_db


def make_delivered(*, days_ago=8):
    order = make_order((make_listing(price_vnd=300_000), 1))
    deliver(order, days_ago=days_ago)
    return order.parcels.get()


def balances(parcel):
    held = balances_of_producer(producer_id=parcel.producer_id)
    return held.held_vnd, held.payable_vnd


def test_a_parcel_is_closed_when_the_return_window_is_over():
    parcel = make_delivered()
    assert balances(parcel) == (parcel.total_vnd, 0)

    assert close_due_parcels(now=clock.now()) == 1

    parcel.refresh_from_db()
    assert parcel.status == "closed"
    assert balances(parcel) == (0, parcel.total_vnd)
    assert parcel.events.last().to_status == "closed"
    parcel.order.refresh_from_db()
    assert parcel.order.status == "completed"


def test_a_parcel_whose_time_has_not_come_is_not_closed_by_one_whose_has():
    young, due = make_delivered(days_ago=1), make_delivered()

    assert not close_parcel(parcel_id=young.pk, now=clock.now())
    young.refresh_from_db()
    due.refresh_from_db()
    assert (young.status, due.status) == ("delivered", "delivered")
    assert balances(young) == (young.total_vnd, 0)


def test_closing_again_changes_nothing():
    parcel = make_delivered()
    close_due_parcels(now=clock.now())

    assert close_due_parcels(now=clock.now()) == 0
    assert not close_parcel(parcel_id=parcel.pk, now=clock.now())
    assert balances(parcel) == (0, parcel.total_vnd)


def test_inside_the_window_it_stays_held():
    parcel = make_delivered()
    delivered_at = Parcel.objects.get(pk=parcel.pk).delivered_at

    assert close_due_parcels(now=delivered_at + timedelta(days=7) - timedelta(seconds=1)) == 0
    assert close_due_parcels(now=delivered_at + timedelta(days=7)) == 1


def dispute(parcel):
    Payment.objects.filter(order=parcel.order_id).update(status="disputed")


def ask_for_a_refund(parcel):
    payment = Payment.objects.get(order=parcel.order_id)
    write_refund(payment=payment, amount_vnd=1_000, cause=Cause("k", "goodwill", parcel), actor=SYSTEM, now=clock.now())


def suspend(parcel):
    parcel.producer.profile.status = "suspended"
    parcel.producer.profile.save()


def ask_to_send_back(parcel):
    wanted = Wanted({parcel.lines.get().pk: 1}, "damaged")
    last_day = parcel.delivered_at + timedelta(days=7)
    ask_return(parcel_id=parcel.pk, form_key=uuid4(), wanted=wanted, actor=SYSTEM, now=last_day)


def send_back(parcel):
    Parcel.objects.filter(pk=parcel.pk).update(status="returning")


@pytest.mark.parametrize("stop", [dispute, ask_for_a_refund, suspend, send_back, ask_to_send_back])
def test_what_is_open_keeps_the_money_held(stop):
    parcel = make_delivered()
    stop(parcel)
    held = balances(parcel)

    assert close_due_parcels(now=clock.now()) == 0
    assert not close_parcel(parcel_id=parcel.pk, now=clock.now())
    assert balances(parcel) == held


@pytest.mark.parametrize("stop", [dispute, ask_for_a_refund, send_back, ask_to_send_back])
def test_what_is_open_elsewhere_keeps_nobody_waiting(stop):
    parcel = make_delivered()
    stop(make_delivered())

    assert close_due_parcels(now=clock.now()) == 1
    parcel.refresh_from_db()
    assert parcel.status == "closed"

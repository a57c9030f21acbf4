"""A parcel that turns back or is lost costs its buyer nothing, however it was to be paid."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.delivering import deliver_silent_parcels
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refunding import submit_due_refunds
from shop.domain.ordering.returning import WrongUnits
from shop.domain.ordering.undelivered import bring_home_silent_parcels, come_home, lose_parcel, turn_back
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.payments.models import Payment
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_listing, make_member, make_order, make_producer
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid
from tests.factories.returns import make_sent_back

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def way_to_pay(monkeypatch):
    return offer_prepaid(monkeypatch)


def send(order, *, now=None):
    now = now or clock.now()
    parcel = order.parcels.order_by("pk").first()
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)
    return ship_parcel(parcel_id=parcel.pk, carrier="GHN", tracking_number="LK1", actor=SYSTEM, now=now)


def send_paid(*lines, now=None):
    order = make_prepaid_order(*(lines or [(make_listing(stock=9), 2)]))
    payment = order.payments.get()
    apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())
    return send(order, now=now)


def step(do, parcel, **words):
    return do(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now(), **words)


def test_what_was_paid_goes_back_when_the_goods_are_home_and_what_can_be_sold_is_on_the_shelf():
    parcel = send_paid()
    line = parcel.lines.get()
    step(turn_back, parcel)
    assert not Payment.objects.get().promised_back_vnd
    assert broken_invariants() == []

    step(come_home, parcel, restocked={line.pk: 1})
    step(come_home, parcel, restocked={line.pk: 1})
    submit_due_refunds(now=clock.now())

    payment = Payment.objects.get()
    assert (payment.status, payment.refunded_vnd, payment.order.status) == ("refunded", parcel.total_vnd, "refunded")
    assert StockRecord.objects.get().num_in_stock == 9 - 2 + 1
    assert broken_invariants() == []


def test_what_is_lost_is_paid_back_at_once_on_its_way_out_and_home():
    out, home = send_paid(), send_paid()
    step(turn_back, home)

    step(lose_parcel, out)
    step(lose_parcel, home)
    submit_due_refunds(now=clock.now())

    assert set(Payment.objects.values_list("status", flat=True)) == {"refunded"}
    assert broken_invariants() == []


@pytest.mark.parametrize("end", ["come_home", "lose"])
def test_cash_of_what_never_came_is_not_asked_for(end):
    first, second = make_listing(stock=9), make_listing("Mật ong", producer=make_producer("Hộ Ong"), stock=9)
    parcel = send(make_order((first, 1), (second, 1)))
    step(turn_back, parcel)

    step(lose_parcel, parcel) if end == "lose" else step(come_home, parcel, restocked={})

    payment = Payment.objects.get()
    assert payment.amount_vnd == Parcel.objects.exclude(pk=parcel.pk).get().total_vnd
    assert broken_invariants() == []


def test_what_turned_back_does_not_count_as_delivered_after_a_week():
    long_ago = clock.now() - timedelta(days=9)
    turned, silent = send_paid(now=long_ago), send_paid(now=long_ago)
    step(turn_back, turned)

    assert deliver_silent_parcels(now=clock.now()) == 1
    assert dict(Parcel.objects.values_list("pk", "status")) == {turned.pk: "returning", silent.pk: "delivered"}


def test_a_silent_producer_is_taken_to_have_the_goods_after_ten_days():
    parcel = send_paid()
    step(turn_back, parcel)

    assert bring_home_silent_parcels(now=clock.now() + timedelta(days=9)) == 0
    assert bring_home_silent_parcels(now=clock.now() + timedelta(days=11)) == 1
    assert Parcel.objects.get().status == "returned"
    assert Payment.objects.get().promised_back_vnd == parcel.total_vnd
    assert broken_invariants() == []


def test_what_was_reported_wrongly_is_delivered_after_all():
    parcel = send(make_order((make_listing(stock=9), 1)))
    step(turn_back, parcel)

    step(deliver_parcel, parcel)

    assert Payment.objects.get().captured_vnd == parcel.total_vnd
    assert broken_invariants() == []


@pytest.mark.parametrize("do", [turn_back, lose_parcel, deliver_parcel])
def test_what_a_buyer_sends_back_after_delivery_is_none_of_this(do):
    parcel = send(make_order((make_listing(stock=9), 1)))
    step(deliver_parcel, parcel)
    make_sent_back(Parcel.objects.get())

    with pytest.raises(IllegalTransition):
        step(do, parcel)
    assert broken_invariants() == []


def test_more_units_than_were_sent_do_not_come_home():
    parcel = send_paid()
    step(turn_back, parcel)

    with pytest.raises(WrongUnits):
        step(come_home, parcel, restocked={parcel.lines.get().pk: 3})
    assert Parcel.objects.get().status == "returning"


def test_buyer_and_producer_hear_of_it_once():
    parcel = send_paid()
    make_member(parcel.producer)
    for _ in range(2):
        step(turn_back, parcel)
    step(lose_parcel, parcel)

    told = OutboxMessage.objects.filter(kind__regex="turned_back|lost").order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["parcel_turned_back", "parcel_turned_back_producer", "parcel_lost", "parcel_lost_producer"]

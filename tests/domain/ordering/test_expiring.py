"""Holds end one order at a time; who is paying, or whose provider is silent, keeps the goods a little longer."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.expiring import ALARM_AFTER, EXTENSION, expire_due_orders
from shop.domain.payments.models import MoneyAlert, Payment
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_producer
from tests.factories.payments import HOLD, make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db
NOW = clock.now()
SECOND = timedelta(seconds=1)


@pytest.fixture
def provider(monkeypatch):
    return offer_prepaid(monkeypatch)


def order_at(moment):
    return make_prepaid_order((make_listing(stock=5), 1), now=moment)


def statuses(*orders):
    return [Order.objects.get(pk=order.pk).status for order in orders]


def test_the_longest_over_end_first_and_only_so_many(provider):
    later, earlier, living = order_at(NOW), order_at(NOW - SECOND), order_at(NOW + SECOND)

    assert expire_due_orders(now=NOW + HOLD, at_most=1) == 1
    assert statuses(later, earlier, living) == ["awaiting_payment", "expired", "awaiting_payment"]
    assert expire_due_orders(now=NOW + HOLD) == 1
    assert statuses(later, earlier, living) == ["expired", "expired", "awaiting_payment"]
    assert living.parcels.get().status == "pending"


def test_the_buyer_of_an_order_that_ended_is_told(provider):
    order = order_at(NOW)
    order_at(NOW + SECOND)
    expire_due_orders(now=NOW + HOLD)

    told = OutboxMessage.objects.get(kind="order_expired")
    assert (told.order_id, told.payload, told.recipient) == (order.pk, {"order_id": order.pk}, "chau@example.vn")


def test_an_order_without_an_open_attempt_ends_too(provider):
    order, other = order_at(NOW), order_at(NOW + SECOND)
    Payment.objects.filter(order=order).update(status="failed")

    assert expire_due_orders(now=NOW + HOLD) == 1
    assert (statuses(order, other), order.payments.get().status) == (["expired", "awaiting_payment"], "failed")


def test_a_parcel_that_dropped_out_before_stays_as_it_was(provider):
    tea, honey = make_listing(), make_listing("Mật ong", producer=make_producer("HTX Ong"))
    order = make_prepaid_order((tea, 1), (honey, 1), now=NOW)
    first, second = order.parcels.order_by("pk")
    type(first).objects.filter(pk=first.pk).update(status="declined", reason="hết hàng")

    expire_due_orders(now=NOW + HOLD)

    for parcel in (first, second):
        parcel.refresh_from_db()
    assert (first.status, second.status, second.events.latest("pk").note) == ("declined", "cancelled", "expired")
    assert not first.events.filter(note="expired").exists()


@pytest.mark.parametrize(("late", "alarms"), [(ALARM_AFTER, 0), (ALARM_AFTER + SECOND, 1)])
def test_a_silent_provider_is_an_alarm_half_an_hour_after_the_page_ended(provider, late, alarms):
    order, other = order_at(NOW), order_at(NOW)
    Payment.objects.filter(order=order).update(expires_at=NOW + HOLD)
    provider.is_down = True

    assert expire_due_orders(now=NOW + HOLD + late) == 0
    order.refresh_from_db()
    assert order.hold_until == NOW + HOLD + late + EXTENSION
    assert expire_due_orders(now=NOW + HOLD + late) == 0
    assert list(MoneyAlert.objects.values_list("kind", "order_id")) == [("provider_unreachable", order.pk)] * alarms
    assert statuses(order, other) == ["awaiting_payment"] * 2


def test_money_the_provider_knew_of_pays_and_another_order_ends(provider):
    paid, unpaid = order_at(NOW), order_at(NOW)
    provider.paid.add(paid.payments.get().pk)

    assert expire_due_orders(now=NOW + HOLD) == 1
    assert statuses(paid, unpaid) == ["paid", "expired"]
    assert money_for(paid.payments.get()).captured == paid.payments.get().captured_vnd

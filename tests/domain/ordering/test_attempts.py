"""Attempts to pay: opened once, exchanged, ended, and asked about, each of its own order."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ordering.attempts import (
    LATEST_BEGINNING,
    NothingToPay,
    begin_attempt,
    close_attempts,
    close_unwanted_attempts,
    exchange_method,
    reconcile,
)
from shop.domain.payments.models import Payment
from shop.domain.payments.provider import OrderFacts, PaymentRefusal, PaymentRefused
from tests.factories import make_listing
from tests.factories.payments import HOLD, METHOD, make_prepaid_order, offer_prepaid

pytestmark = pytest.mark.django_db
NOW = clock.now()
SECOND = timedelta(seconds=1)


@pytest.fixture
def provider(monkeypatch):
    return offer_prepaid(monkeypatch)


@pytest.fixture
def orders(provider):
    return [make_prepaid_order((make_listing(stock=9), 1), now=NOW) for _ in range(2)]


def statuses(orders):
    return [order.payments.latest("pk").status for order in orders]


@pytest.mark.parametrize(("late", "is_given_more"), [(LATEST_BEGINNING, True), (LATEST_BEGINNING + SECOND, False)])
def test_who_opens_the_page_in_time_gets_its_whole_time(orders, late, is_given_more):
    order, other = orders
    held = order.hold_until

    begin_attempt(order_id=order.pk, now=NOW + late)

    for one in orders:
        one.refresh_from_db()
    assert order.hold_until == (NOW + late + HOLD if is_given_more else held)
    assert (other.hold_until, statuses(orders)) == (held, ["requires_action", "created"])


def test_an_open_page_is_not_given_its_time_twice(orders):
    begin_attempt(order_id=orders[0].pk, now=NOW)
    orders[0].refresh_from_db()
    held = orders[0].hold_until

    begin_attempt(order_id=orders[0].pk, now=NOW + timedelta(minutes=5))

    orders[0].refresh_from_db()
    assert orders[0].hold_until == held


def test_after_a_failed_attempt_another_asks_for_the_same(orders):
    order = orders[0]
    Payment.objects.filter(order=order).update(status="failed")

    second = begin_attempt(order_id=order.pk, now=NOW)

    first = order.payments.earliest("pk")
    assert (second.pk > first.pk, second.method, second.amount_vnd, second.created_at) == (True, METHOD, first.amount_vnd, NOW)


@pytest.mark.parametrize("status", ["paid", "expired", "cancelled"])
def test_what_waits_for_no_money_opens_nothing(orders, status):
    type(orders[0]).objects.filter(pk=orders[0].pk).update(status=status)

    with pytest.raises(NothingToPay):
        begin_attempt(order_id=orders[0].pk, now=NOW)
    assert statuses(orders) == ["created", "created"]


def test_ending_attempts_ends_those_of_one_order(orders):
    close_attempts(order_id=orders[0].pk, now=NOW)

    assert statuses(orders) == ["cancelled", "created"]


def test_an_attempt_nobody_knows_of_is_ended_here(orders, provider):
    provider.settle = lambda **_: None

    close_attempts(order_id=orders[0].pk, now=NOW)

    assert statuses(orders) == ["cancelled", "created"]


def test_only_unwanted_attempts_are_ended_the_longest_unwanted_first(orders, provider):
    first, second = (order.payments.get() for order in orders)
    assert close_unwanted_attempts(now=NOW) == 0
    Payment.objects.filter(pk=second.pk).update(close_asked_at=NOW - SECOND)
    Payment.objects.filter(pk=first.pk).update(close_asked_at=NOW)
    provider.is_down = True
    assert close_unwanted_attempts(now=NOW) == 0
    provider.is_down = False

    assert close_unwanted_attempts(now=NOW, at_most=1) == 1
    assert statuses(orders) == ["created", "cancelled"]
    assert close_unwanted_attempts(now=NOW) == 1


def test_a_refused_way_changes_nothing(orders, provider):
    provider.refuse_order = lambda **_: PaymentRefusal.OVER_LIMIT

    with pytest.raises(PaymentRefused) as refused:
        exchange_method(order_id=orders[0].pk, method=METHOD, facts=OrderFacts(1), now=NOW)
    assert (refused.value.refusal, statuses(orders)) == (PaymentRefusal.OVER_LIMIT, ["created", "created"])


def test_another_way_is_written_on_the_order(orders, provider):
    type(orders[0]).objects.filter(pk=orders[0].pk).update(payment_method="card")

    made = exchange_method(order_id=orders[0].pk, method=METHOD, facts=OrderFacts(1), now=NOW)

    orders[0].refresh_from_db()
    assert (made.method, orders[0].payment_method, statuses(orders)) == (METHOD, METHOD, ["requires_action", "created"])


def test_open_attempts_are_asked_about_three_minutes_after_the_last_time(orders, provider):
    first, second = (order.payments.get() for order in orders)
    later = NOW + timedelta(minutes=3)
    assert reconcile(now=later - SECOND) == 0
    Payment.objects.filter(pk=second.pk).update(checked_at=NOW + SECOND)

    assert reconcile(now=later) == 1
    first.refresh_from_db()
    assert first.checked_at == later
    assert reconcile(now=later + SECOND) == 1
    second.refresh_from_db()
    assert second.checked_at == later + SECOND
    Payment.objects.update(status="cancelled")
    assert reconcile(now=later + timedelta(hours=1)) == 0

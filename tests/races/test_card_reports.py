"""Every report of Stripe three times, shuffled, over eight connections, into real servers and a real worker."""

import os
from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ordering.attempts import reconcile
from shop.domain.payments.models import Payment, WebhookEvent
from shop.oscar_forks.order.models import Order
from tests.fixtures.stand_in import KEY
from tests.races.reports import card_environment, pay_many, wait_until_heard, what_is_wrong

pytestmark = pytest.mark.django_db(transaction=True)
# `make soak` asks for 200.
ORDERS = int(os.environ.get("REPORTED_ORDERS", "12"))
GUARD_OFF = {"DJANGO_SETTINGS_MODULE": "tests.races.unguarded", "GUARD_OFF": "reports"}


def test_each_payment_dispute_and_refund_counts_once_and_is_told_of_once(live_stack, celery_worker_process, stand_in):
    address = live_stack(processes=4, environment=card_environment(stand_in))
    celery_worker_process(**card_environment(stand_in))

    pay_many(stand_in, address, orders=ORDERS, live_on=True)
    wait_until_heard(stand_in)

    assert what_is_wrong(stand_in, orders=ORDERS, live_on=True) == []


def test_reports_that_are_believed_as_they_come_leave_orders_wrong(live_stack, celery_worker_process, stand_in):
    address = live_stack(processes=4, environment=card_environment(stand_in))
    celery_worker_process(**card_environment(stand_in), **GUARD_OFF)

    pay_many(stand_in, address, orders=ORDERS)
    wait_until_heard(stand_in)

    assert Payment.objects.exclude(status="succeeded").exists()


def test_a_shop_nobody_reports_to_finds_its_money_by_asking(transactional_db, stand_in, settings):
    """The endpoint is away: nothing arrives, and the reconciler brings every order right."""
    pay_many(stand_in, "http://127.0.0.1:1", orders=ORDERS)
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = KEY, stand_in.base_url

    assert reconcile(now=clock.now() + timedelta(minutes=4)) == ORDERS

    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    assert WebhookEvent.objects.count() == 0

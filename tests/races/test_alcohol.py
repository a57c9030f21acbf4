"""A product becomes alcohol while a crowd orders it in cash, without a word about its age."""

import time

import pytest
from django.db import transaction

from shop.common import clock
from shop.domain.listings.classifying import classify_alcohol
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_officer
from tests.races.revoking import FEWER_BUYERS, UNGUARDED, act_amid_checkouts

WRITE_TO_COMMIT_SECONDS = 0.5
pytestmark = pytest.mark.django_db(transaction=True)


def judge_amid_checkouts(address):
    """Tells how many orders there were when the office's word was written."""
    medicine = make_listing("Rượu thuốc", criteria_set=18, stock=500)
    officer = actor_of(user=make_officer())

    def judge():
        with transaction.atomic():
            classify_alcohol(listing_id=medicine.pk, is_alcohol=True, reason="Nhãn ghi 30 độ", actor=officer, now=clock.now())
            orders = Order.objects.count()
            # Written and not committed yet: whoever is not held back by the lock orders now.
            time.sleep(WRITE_TO_COMMIT_SECONDS)
        return orders

    return act_amid_checkouts(address, medicine, judge, buyers=FEWER_BUYERS)


def test_nothing_is_sold_to_the_undeclared_once_it_counts_as_alcohol(live_stack):
    answers, orders_when_judged = judge_amid_checkouts(live_stack(processes=4))

    assert sorted({answer.status for answer in answers}) == [303, 422]
    assert Order.objects.count() == orders_when_judged < FEWER_BUYERS
    assert broken_invariants() == []


def test_without_the_shared_lock_some_is(live_stack):
    _, orders_when_judged = judge_amid_checkouts(live_stack(processes=4, environment=UNGUARDED))

    assert Order.objects.count() > orders_when_judged

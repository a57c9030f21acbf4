"""A product becomes alcohol while a crowd orders it in cash, without a word about its age."""

import pytest

from shop.common import clock
from shop.domain.listings.classifying import classify_alcohol
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_officer
from tests.races.revoking import FEWER_BUYERS, UNGUARDED, act_amid_checkouts

pytestmark = pytest.mark.django_db(transaction=True)


def judge_amid_checkouts(address):
    """Tells how many orders there were when the office's word was written."""
    medicine = make_listing("Rượu thuốc", criteria_set=18, stock=500)
    officer = actor_of(user=make_officer())

    def judge():
        classify_alcohol(listing_id=medicine.pk, is_alcohol=True, reason="Nhãn ghi 30 độ", actor=officer, now=clock.now())
        return Order.objects.count()

    return act_amid_checkouts(address, medicine, judge, buyers=FEWER_BUYERS)


def test_nothing_is_sold_to_the_undeclared_once_it_counts_as_alcohol(live_stack):
    answers, orders_when_judged = judge_amid_checkouts(live_stack(processes=4))

    assert sorted({answer.status for answer in answers}) == [303, 422]
    assert Order.objects.count() == orders_when_judged < FEWER_BUYERS
    assert broken_invariants() == []


def test_without_the_shared_lock_some_is(live_stack):
    address = live_stack(processes=4, environment=UNGUARDED)

    # The office's word may fall between two orders; a crowd without the lock has three chances to slip through.
    assert any(slips_through(address) for _ in range(3))


def slips_through(address):
    _, orders_when_judged = judge_amid_checkouts(address)
    return Order.objects.count() > orders_when_judged

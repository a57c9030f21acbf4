"""A refund the shop pays: the producer has again what the refund took from it, and the shop has less."""

import pytest

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.ledger.models import Transaction
from shop.domain.ledger.posting import Posting, balance_of, post
from shop.domain.ledger.reversing import is_divided
from tests.factories import make_listing, make_order
from tests.factories.ledger import capture_order, make_rule

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def parcel():
    make_rule(10)
    order = make_order((make_listing(price_vnd=200_000), 1))
    capture_order(order)
    return order.parcels.get()


def refund(parcel, amount_vnd):
    payment_id = parcel.order.payments.get().pk
    return postings.refund(refund_id=1, parcel_id=parcel.pk, amount_vnd=amount_vnd, payment_id=payment_id, now=NOW)


def held(parcel):
    return -balance_of(f"producer_held:{parcel.producer_id}")


def test_the_shop_bears_what_the_refund_took_from_the_producer(parcel):
    before = held(parcel)
    refund(parcel, 100_000)
    taken = before - held(parcel)

    borne = [postings.bear_refund(refund_id=1, now=NOW) for _ in range(2)]

    assert (held(parcel), balance_of("discount_platform"), balance_of("refund_due")) == (before, taken, -100_000)
    assert 0 < taken < 100_000
    assert borne[0] == borne[1] == Transaction.objects.get(key="refund_borne:1")
    assert (borne[0].kind, borne[0].at, borne[0].refund_id) == ("refund_borne", NOW, 1)
    assert (borne[0].order_id, borne[0].payment_id) == (parcel.order_id, parcel.order.payments.get().pk)
    assert set(borne[0].entries.values_list("parcel", flat=True)) == {parcel.pk}


def test_what_was_cleared_meanwhile_is_given_back_where_it_lies_now(parcel):
    refund(parcel, 100_000)
    postings.clear(parcel_id=parcel.pk, now=NOW)
    postings.bear_refund(refund_id=1, now=NOW)

    assert (held(parcel), balance_of(f"producer_payable:{parcel.producer_id}")) == (0, -parcel.split.producer_vnd)


def test_a_refund_that_took_nothing_from_a_producer_costs_the_shop_nothing(parcel):
    assert postings.bear_refund(refund_id=1, now=NOW) is None
    sides = [Posting("gateway_fee", 5_000, parcel.pk), Posting("refund_due", -5_000, parcel.pk)]
    post(key="refund:2", kind=Transaction.Kind.REFUND, entries=sides, refund_id=2, now=NOW)

    assert postings.bear_refund(refund_id=2, now=NOW) is None
    assert balance_of("discount_platform") == 0


def test_paid_and_come_back_are_counted_for_each_refund_by_itself():
    out = {"order_id": None, "payment_id": None, "account": "bank", "amount_vnd": 5_000, "now": NOW}
    for refund_id in (7, 8):
        postings.pay_refund(refund_id=refund_id, **out)
    for _ in range(2):
        postings.take_back_refund(refund_id=7, now=NOW)
    postings.pay_refund(refund_id=7, **out)

    assert set(Transaction.objects.values_list("key", flat=True)) == {
        "refund_paid:7",
        "refund_paid:8",
        "refund_came_back:7",
        "refund_paid:7:2",
    }
    assert balance_of("bank") == -10_000


def test_a_parcel_whose_money_never_came_is_not_divided(parcel):
    other = make_order((make_listing("Mật ong"), 1)).parcels.get()
    sides = [Posting("gateway_fee", 5_000, other.pk), Posting("bank", -5_000)]
    post(key="fee:1", kind=Transaction.Kind.FEE, entries=sides, now=NOW)

    assert (is_divided(parcel_id=parcel.pk), is_divided(parcel_id=other.pk)) == (True, False)

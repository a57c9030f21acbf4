"""Payments, refunds and the books tell one story; each way to tell another is named."""

import pytest
from django.db import connection

from shop.common import clock
from shop.domain.ordering.cancelling import cancel_order, cancel_parcel
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refunding import submit_due_refunds
from shop.domain.ordering.transfers import Arrival, take_transfer
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from shop.operations.invariants.settlement import SETTLEMENT
from tests.factories import make_listing, make_order, make_producer
from tests.factories.ledger import make_rule
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid
from tests.operations.test_invariants import without_promises

pytestmark = pytest.mark.django_db

HARM = {
    "what a payment took is in the books": "UPDATE payments_payment SET captured_vnd = captured_vnd - 1 WHERE captured_vnd > 0",
    "what a payment gave back is in the books": (
        "UPDATE payments_payment SET refunded_vnd = refunded_vnd - 1 WHERE refunded_vnd > 0"
    ),
    "a payment says what its refunds say": "UPDATE payments_refund SET amount_vnd = amount_vnd + 1",
    "what is owed to buyers is what their refunds have not paid yet": "UPDATE payments_refund SET status = 'failed'",
    "money of no order is what transfers brought, no payment took and nobody sent back": (
        "UPDATE payments_banktransfer SET amount_vnd = amount_vnd + 1"
    ),
    "money of an order that is over goes back": "UPDATE payments_payment SET promised_back_vnd = 0, refunded_vnd = 0",
    "what a bank took for good is not promised back once more": """
        UPDATE payments_payment SET status = 'dispute_lost', disputed_vnd = 1, promised_back_vnd = captured_vnd;
        UPDATE payments_refund SET status = 'approved', approved_by_id = requested_by_id
    """,
    "what banks dispute of a payment is in the books": "UPDATE payments_payment SET disputed_vnd = 1 WHERE captured_vnd > 0",
}


@pytest.fixture
def provider(monkeypatch):
    return offer_prepaid(monkeypatch)


@pytest.fixture
def orders(provider):
    """One paid and partly called off, one paid and cancelled, one paid too late, one delivered for cash; a stray transfer."""
    make_rule(6)
    now = clock.now()
    tea = make_listing(stock=50)
    honey = make_listing("Mật ong", producer=make_producer("Hộ Ong", kind="household_business"), stock=50)
    partly, wholly, late = (make_prepaid_order((tea, 1), (honey, 2)) for _ in range(3))
    cancel_order(order_id=late.pk, reason="Đổi ý", actor=SYSTEM, now=now)
    for order in (partly, wholly, late):
        payment = order.payments.get()
        apply_fact(payment_id=payment.pk, fact=money_for(payment), now=now)
    cancel_parcel(parcel_id=partly.parcels.first().pk, reason="Đổi ý", actor=SYSTEM, now=now)
    cancel_order(order_id=wholly.pk, reason="Đổi ý", actor=SYSTEM, now=now)
    cash = make_order((tea, 1)).parcels.get()
    confirm_parcel(parcel_id=cash.pk, actor=SYSTEM, now=now)
    ship_parcel(parcel_id=cash.pk, carrier="VNPost", tracking_number="EE1", actor=SYSTEM, now=now)
    deliver_parcel(parcel_id=cash.pk, actor=SYSTEM, now=now)
    stray = Arrival(bank_reference="FT1", amount_vnd=50_000, memo="chuc mung nam moi", booked_at=now)
    take_transfer(arrival=stray, source="feed", now=now)
    return partly, wholly, late


def test_the_story_is_one_before_and_after_refunds_are_paid(orders):
    assert broken_invariants() == []

    assert submit_due_refunds(now=clock.now()) > 0
    assert broken_invariants() == []
    assert Parcel.objects.filter(status="cancelled").exists()


def test_every_invariant_of_settlement_has_its_harm():
    assert set(HARM) == set(SETTLEMENT)


@pytest.mark.parametrize("invariant", HARM, ids=str)
def test_another_story_is_named(invariant, orders):
    submit_due_refunds(now=clock.now())
    without_promises()
    connection.cursor().execute(HARM[invariant])

    assert invariant in {broken.invariant for broken in broken_invariants()}

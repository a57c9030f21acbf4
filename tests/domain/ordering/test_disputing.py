"""A buyer's bank takes money back: once, whatever else happens to the order, and each dispute for itself."""

import pytest

from shop.common import clock
from shop.domain.ledger.accounts import DISPUTED, producer_held
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.ordering.disputing import apply_dispute
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refunding import RefundTooLarge, approve_refund, submit_due_refunds
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.provider import DisputeFact
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_officer
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment(monkeypatch):
    """An order of one parcel, paid."""
    offer_prepaid(monkeypatch)
    return pay(make_prepaid_order((make_listing(stock=9), 2)))


def pay(order):
    payment = order.payments.get()
    return apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())


def hear(payment, status, *, name="dp_1", amount_vnd=None):
    fact = DisputeFact(name, amount_vnd or payment.amount_vnd, "vnd", status)
    return apply_dispute(payment_id=payment.pk, dispute=fact, now=clock.now())


def test_a_dispute_leaves_the_order_what_it_was(payment):
    hear(payment, "disputed")
    assert Order.objects.get().status == "paid"

    cancel_order(order_id=payment.order_id, reason="Đổi ý", actor=SYSTEM, now=clock.now())
    submit_due_refunds(now=clock.now())
    assert hear(payment, "dispute_won").status == "dispute_won"
    assert broken_invariants() == []


def test_a_refunded_order_stays_refunded_when_its_bank_asks_as_well(payment):
    cancel_order(order_id=payment.order_id, reason="Đổi ý", actor=SYSTEM, now=clock.now())
    submit_due_refunds(now=clock.now())

    hear(payment, "disputed")
    hear(payment, "dispute_lost")

    assert Order.objects.get().status == "refunded"
    assert broken_invariants() == []


def test_what_a_bank_took_for_good_is_not_given_back_once_more(payment):
    hear(payment, "dispute_lost")

    cancel_order(order_id=payment.order_id, reason="Hết hàng", actor=SYSTEM, now=clock.now())

    assert not Refund.objects.exists()
    assert Order.objects.get().status == "cancelled"
    assert broken_invariants() == []


def test_a_large_refund_that_waits_is_not_let_go_after_the_bank_took_the_money(monkeypatch):
    offer_prepaid(monkeypatch)
    payment = pay(make_prepaid_order((make_listing(price_vnd=6_000_000, stock=9), 1)))
    cancel_order(order_id=payment.order_id, reason="Đổi ý", actor=SYSTEM, now=clock.now())
    hear(payment, "dispute_lost")

    with pytest.raises(RefundTooLarge):
        approve_refund(refund_id=Refund.objects.get().pk, actor=actor_of(user=make_officer()), now=clock.now())
    assert broken_invariants() == []


def test_two_disputes_of_one_payment_are_two(payment):
    """One that is over does not hide the next: its money is frozen, and lost, as well."""
    half = payment.amount_vnd // 2
    hear(payment, "dispute_won", name="dp_1", amount_vnd=half)
    assert hear(payment, "disputed", name="dp_2", amount_vnd=half).status == "disputed"
    assert balance_of(DISPUTED) == half

    lost = hear(payment, "dispute_lost", name="dp_2", amount_vnd=half)

    assert (lost.status, lost.disputed_vnd, balance_of(DISPUTED)) == ("dispute_lost", half, 0)
    assert -balance_of(producer_held(Order.objects.get().parcels.get().producer_id)) < half + 1
    assert broken_invariants() == []


@pytest.mark.parametrize("late", ["disputed", "dispute_lost"])
def test_an_old_report_changes_nothing_of_what_is_decided(payment, late):
    hear(payment, "dispute_won")

    hear(payment, late)

    assert Payment.objects.values_list("status", "disputed_vnd").get() == ("dispute_won", 0)

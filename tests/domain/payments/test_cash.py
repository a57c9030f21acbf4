import pytest

from shop.domain.payments.cash import drop_from_cash, note_cash
from shop.domain.payments.models import Payment
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment():
    payment = make_order((make_listing(), 1)).payments.get()
    payment.amount_vnd = 500_000
    payment.save()
    return payment


def kept(payment):
    """What the database says of it."""
    payment.refresh_from_db()
    return payment.status, payment.amount_vnd, payment.captured_vnd


def test_cash_is_collected_parcel_by_parcel(payment):
    note_cash(payment=payment, amount_vnd=200_000, is_last=False)
    assert kept(payment) == (Payment.Status.CREATED, 500_000, 200_000)

    note_cash(payment=payment, amount_vnd=300_000, is_last=True)
    assert kept(payment) == (Payment.Status.SUCCEEDED, 500_000, 500_000)


def test_a_dropped_parcel_is_not_asked_for(payment):
    drop_from_cash(payment=payment, amount_vnd=200_000)

    assert kept(payment) == (Payment.Status.CREATED, 300_000, 0)


def test_the_last_dropped_parcel_ends_the_payment(payment):
    note_cash(payment=payment, amount_vnd=200_000, is_last=False)
    drop_from_cash(payment=payment, amount_vnd=300_000)

    assert kept(payment) == (Payment.Status.SUCCEEDED, 200_000, 200_000)


def test_nothing_left_to_pay_cancels_the_payment(payment):
    drop_from_cash(payment=payment, amount_vnd=500_000)

    assert payment.status == Payment.Status.CANCELLED

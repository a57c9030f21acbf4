import pytest

from shop.domain.payments.models import Payment
from shop.domain.payments.provider import PaymentRefusal
from shop.domain.payments.providers.cod import CashOnDelivery
from tests.factories import BUYER_PHONE, make_listing, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def payment():
    payment = make_order((make_listing(), 1)).payments.get()
    payment.amount_vnd = 500_000
    payment.save()
    return payment


def test_cash_is_refused_above_the_limit(settings):
    settings.COD_LIMIT_VND = 5_000_000
    refusals = [CashOnDelivery().refuse_order(total_vnd=total, buyer_phone=BUYER_PHONE) for total in (5_000_000, 5_000_001)]

    assert refusals == [None, PaymentRefusal.OVER_LIMIT]


def test_cash_is_collected_parcel_by_parcel(payment):
    CashOnDelivery().note_delivery(payment=payment, amount_vnd=200_000, is_last=False)
    assert (payment.status, payment.captured_vnd) == (Payment.Status.CREATED, 200_000)

    CashOnDelivery().note_delivery(payment=payment, amount_vnd=300_000, is_last=True)
    assert (payment.status, payment.captured_vnd) == (Payment.Status.SUCCEEDED, 500_000)


def test_a_dropped_parcel_is_not_asked_for(payment):
    CashOnDelivery().drop_amount(payment=payment, amount_vnd=200_000)

    assert (payment.status, payment.amount_vnd) == (Payment.Status.CREATED, 300_000)


def test_the_last_dropped_parcel_ends_the_payment(payment):
    CashOnDelivery().note_delivery(payment=payment, amount_vnd=200_000, is_last=False)
    CashOnDelivery().drop_amount(payment=payment, amount_vnd=300_000)

    assert (payment.status, payment.amount_vnd) == (Payment.Status.SUCCEEDED, 200_000)


def test_nothing_left_to_pay_cancels_the_payment(payment):
    CashOnDelivery().drop_amount(payment=payment, amount_vnd=500_000)

    assert payment.status == Payment.Status.CANCELLED

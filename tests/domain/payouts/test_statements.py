"""A statement lists every entry, and its last balance is the balance."""

import pytest

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.payments.models import Payment
from shop.domain.payouts.statements import statement
from tests.factories import make_producer
from tests.factories.payouts import make_earning

pytestmark = pytest.mark.django_db


def test_the_running_balance_ends_where_the_books_do():
    parcel = make_earning(make_producer(), account=False)
    payment = Payment.objects.get(order=parcel.order_id)
    postings.pay_out(payout_id=7, producer_id=parcel.producer_id, amount_vnd=parcel.total_vnd, now=clock.now())
    postings.refund(refund_id=1, parcel_id=parcel.pk, amount_vnd=1_000, payment_id=payment.pk, now=clock.now())

    owed = list(statement(producer_id=parcel.producer_id))
    held = list(statement(producer_id=parcel.producer_id, kind="held"))

    assert [entry.balance_vnd for entry in owed] == [parcel.total_vnd, 0, -1_000]
    assert [entry.transaction.kind for entry in owed] == ["clearing", "payout", "refund"]
    assert [entry.balance_vnd for entry in held] == [parcel.total_vnd, 0]
    assert balances_of_producer(producer_id=parcel.producer_id).payable_vnd == -1_000

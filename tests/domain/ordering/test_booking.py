"""From where a refund leaves: a card's from the gateway, unless a person sent it; everything else from the bank."""

import pytest

from shop.common import clock
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.booking import book_cash, book_refund_paid
from shop.domain.payments.models import Refund
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "is_by_hand", "account"),
    [
        ("card", False, "gateway_clearing"),
        ("card", True, "bank"),
        ("vietqr", False, "bank"),
        ("vietqr", True, "bank"),
        ("cod", True, "bank"),
    ],
)
def test_what_goes_back_leaves_the_account_it_is_in(method, is_by_hand, account):
    payment = make_order((make_listing(), 1)).payments.get()
    payment.method = method
    refund = Refund(pk=1, payment=payment, order_id=payment.order_id, amount_vnd=70_000)

    for _ in range(2):
        book_refund_paid(refund=refund, payment=payment, is_by_hand=is_by_hand, now=clock.now())

    assert (balance_of(account), balance_of("refund_due")) == (-70_000, 70_000)


@pytest.mark.parametrize("is_with_producer", [False, True])
def test_cash_is_with_whoever_took_it(is_with_producer):
    order = make_order((make_listing(), 1))
    parcel = order.parcels.get()

    book_cash(payment=order.payments.get(), parcel=parcel, is_with_producer=is_with_producer, now=clock.now())

    taken = (balance_of("cod_carrier"), balance_of(f"cod_producer:{parcel.producer_id}"))
    assert taken == ((0, parcel.total_vnd) if is_with_producer else (parcel.total_vnd, 0))

import pytest

from shop.common import clock
from shop.domain.ordering.deriving import derive_status, status_from
from shop.domain.ordering.refunding import settle_by_hand, submit_due_refunds
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.vouchers.models import Redemption
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing
from tests.factories.returns import make_delivered, make_received
from tests.factories.vouchers import make_voucher, order_with


@pytest.mark.parametrize(
    ("statuses", "payment_status", "present", "expected"),
    [
        (["pending"], "created", "awaiting_payment", "awaiting_payment"),
        (["pending", "pending"], "created", "awaiting_approval", "awaiting_approval"),
        (["to_confirm"], "created", "confirmed", "confirmed"),
        (["to_confirm", "declined"], "succeeded", "paid", "paid"),
        (["to_confirm", "packing"], "created", "confirmed", "in_fulfilment"),
        (["shipped", "delivered"], "created", "in_fulfilment", "in_fulfilment"),
        (["delivered", "cancelled"], "succeeded", "in_fulfilment", "completed"),
        (["closed", "returned", "lost"], "succeeded", "in_fulfilment", "completed"),
        (["returned"], "succeeded", "in_fulfilment", "completed"),
        # Sent back as a whole, and all of the money is back; what a bank does afterwards changes nothing.
        (["returned", "cancelled"], "refunded", "completed", "refunded"),
        (["returned"], "partly_refunded", "completed", "completed"),
        (["returned"], "disputed", "refunded", "refunded"),
        (["returned", "closed"], "refunded", "completed", "completed"),
        (["cancelled", "declined"], "cancelled", "confirmed", "cancelled"),
        (["cancelled"], "refunded", "paid", "refunded"),
        (["cancelled"], "failed", "expired", "expired"),
        (["cancelled"], "refunded", "expired", "expired"),
        (["cancelled"], "disputed", "refunded", "refunded"),
        (["cancelled"], "disputed", "paid", "cancelled"),
        (["cancelled"], "failed", "refunded", "cancelled"),
        (["on_hold"], "succeeded", "in_fulfilment", "in_fulfilment"),
        (["on_hold"], "succeeded", "paid", "paid"),
        (["to_confirm", "on_hold"], "created", "confirmed", "confirmed"),
        (["returning"], "succeeded", "completed", "in_fulfilment"),
        (["pending", "to_confirm"], "partly_refunded", "awaiting_payment", "paid"),
    ],
)
def test_status_from_parcels_and_payment(statuses, payment_status, present, expected):
    assert status_from(statuses=statuses, payment_status=payment_status, present=present) == expected


@pytest.mark.parametrize(
    ("others", "payment_status", "expected"),
    [
        ([], "succeeded", "cancelled"),
        ([], "refunded", "refunded"),
        (["cancelled"], None, "cancelled"),
        (["delivered"], "partly_refunded", "completed"),
        (["to_confirm"], "partly_refunded", "in_fulfilment"),
        (["returned"], "refunded", "refunded"),
    ],
)
def test_what_never_came_ends_an_order_only_alone(others, payment_status, expected):
    words = {"payment_status": payment_status, "present": "in_fulfilment", "has_undelivered": True}
    assert status_from(statuses=others, **words) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "is_delivered", "expected"),
    [
        ("lost", False, "cancelled"),
        ("returned", False, "cancelled"),
        ("returned", True, "completed"),
    ],
)
def test_an_order_whose_only_parcel_never_came_is_over(status, is_delivered, expected):
    make_voucher("TET2026")
    order = order_with("TET2026", (make_listing(), 1))
    Parcel.objects.update(status=status, delivered_at=order.date_placed if is_delivered else None)

    assert derive_status(order=order) == expected
    assert Redemption.objects.get().is_live == is_delivered


@pytest.mark.django_db
@pytest.mark.parametrize(("steps", "expected"), [([1, 1], "refunded"), ([2], "refunded"), ([1], "completed")])
def test_an_order_that_was_sent_back_whole_or_piece_by_piece_is_refunded_when_its_money_is_back(steps, expected):
    parcel = make_delivered((make_listing(stock=9), 2))
    for units in steps:
        make_received(parcel, units=units)
    submit_due_refunds(now=clock.now())

    for refund in parcel.refunds.all():
        assert Order.objects.get().status == "completed"
        settle_by_hand(refund_id=refund.pk, bank_reference="FT1", actor=SYSTEM, now=clock.now())

    assert (Order.objects.get().status, broken_invariants()) == (expected, [])


@pytest.mark.django_db
def test_what_is_derived_is_written_said_and_gives_its_voucher_back():
    make_voucher("TET2026")
    order, other = (order_with("TET2026", (make_listing(), 1)) for _ in range(2))
    Order.objects.update(network_key="ab12")
    Parcel.objects.filter(order=order).update(status="cancelled")
    order.refresh_from_db()

    assert derive_status(order=order, is_expired=True) == "expired"

    order.refresh_from_db()
    other.refresh_from_db()
    assert (order.status, order.network_key, other.status, other.network_key) == ("expired", "", "confirmed", "ab12")
    assert dict(Redemption.objects.values_list("order", "is_live")) == {order.pk: False, other.pk: True}
    assert derive_status(order=other) == "confirmed"

import pytest

from shop.domain.ordering.deriving import status_from


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

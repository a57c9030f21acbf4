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
    ],
)
def test_status_from_parcels_and_payment(statuses, payment_status, present, expected):
    assert status_from(statuses=statuses, payment_status=payment_status, present=present) == expected

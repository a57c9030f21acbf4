"""The fee Stripe kept, in đồng, whatever its account counts in."""

import pytest

from shop.domain.payments.providers.stripe_reading import fee_of_booking, fee_of_session


@pytest.mark.parametrize(
    ("booked", "fee"),
    [
        ({"fee": 9_600, "currency": "vnd"}, ("txn_1", 9_600)),
        ({"fee": 120, "currency": "usd", "exchange_rate": 0.00004}, ("txn_1", 30_000)),
        ({"fee": 180, "currency": "jpy", "exchange_rate": 0.006}, ("txn_1", 30_000)),
        ({"fee": 120, "currency": "usd"}, None),
        ({"fee": 0, "currency": "vnd"}, None),
        ({"fee": 1, "currency": "vnd"}, ("txn_1", 1)),
        ({"fee": None, "currency": "vnd"}, None),
    ],
)
def test_a_fee_is_read_in_whole_dong(booked, fee):
    booking = {"id": "txn_1", **booked}

    assert fee_of_booking(booking) == fee
    assert fee_of_session({"payment_intent": {"latest_charge": {"balance_transaction": booking}}}) == fee


@pytest.mark.parametrize(
    "intent", [None, {}, {"latest_charge": "ch_1"}, {"latest_charge": {}}, {"latest_charge": {"balance_transaction": "txn_1"}}]
)
def test_there_is_no_fee_before_stripe_has_booked_the_charge(intent):
    assert fee_of_session({"payment_intent": intent}) is None

"""The fee Stripe kept, in đồng, whatever its account counts in; refunds and disputes as ours."""

import pytest

from shop.domain.payments.provider import DisputeFact, RefundFact
from shop.domain.payments.providers.stripe_reading import dispute_of, fact_of_refund, fee_of_booking, fee_of_session


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


@pytest.mark.parametrize(
    ("told", "fact"),
    [
        ({"status": "succeeded"}, RefundFact("succeeded", "re_1")),
        (
            {"status": "failed", "failure_reason": "expired_or_canceled_card"},
            RefundFact("failed", "re_1", "expired_or_canceled_card"),
        ),
        ({"status": "canceled"}, RefundFact("failed", "re_1", "canceled")),
        ({"status": "pending"}, RefundFact("submitted", "re_1")),
        ({}, RefundFact("submitted", "re_1")),
    ],
)
def test_a_refund_is_there_failed_or_on_its_way(told, fact):
    assert fact_of_refund({"id": "re_1", **told}) == fact


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("needs_response", "disputed"),
        ("under_review", "disputed"),
        ("won", "dispute_won"),
        ("lost", "dispute_lost"),
        ("warning_needs_response", None),
        (None, None),
    ],
)
def test_a_dispute_takes_money_unless_the_bank_only_asks(told, status):
    opened = {"id": "dp_1", "amount": 70_000, "currency": "vnd", "status": told}

    assert dispute_of(opened) == DisputeFact("dp_1", 70_000, "vnd", status, "")
    assert dispute_of({**opened, "reason": "fraudulent"}).reason == "fraudulent"

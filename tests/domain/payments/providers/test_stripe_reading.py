"""The fee Stripe kept, in đồng, whatever its account counts in; refunds and disputes as ours."""

import pytest

from shop.domain.payments.models import Payment
from shop.domain.payments.provider import DisputeFact, PaymentFact, RefundFact
from shop.domain.payments.providers.stripe_reading import (
    dispute_of,
    fact_of_refund,
    fact_of_session,
    fee_of_booking,
    fee_of_session,
)


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


def session(intent=None, **told):
    return {
        "id": "cs_1",
        "metadata": {"payment_id": "7"},
        "amount_total": 70_000,
        "currency": "vnd",
        "payment_intent": intent,
        **told,
    }


@pytest.mark.parametrize(
    ("told", "intent", "status"),
    [
        ({"status": "complete", "payment_status": "paid"}, "succeeded", "succeeded"),
        ({"status": "complete", "payment_status": "paid"}, "processing", "processing"),
        ({"status": "complete", "payment_status": "unpaid"}, "succeeded", "processing"),
        ({"status": "expired", "payment_status": "unpaid"}, "requires_action", "cancelled"),
        ({"status": "open", "payment_status": "unpaid"}, "requires_action", "requires_action"),
        ({"status": "open", "payment_status": "unpaid"}, "requires_capture", "processing"),
        ({"status": "open", "payment_status": "unpaid"}, "requires_payment_method", "created"),
        ({"status": "open", "payment_status": "unpaid"}, None, "created"),
    ],
)
def test_a_session_is_paid_only_when_session_and_money_say_so(told, intent, status):
    found = session(intent and {"status": intent, "id": "pi_1"}, **told)

    assert fact_of_session(found, payment=Payment(pk=7)).status == status


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (None, ""),
        ({"decline_code": "insufficient_funds", "code": "card_declined"}, "insufficient_funds"),
        ({"code": "expired_card"}, "expired_card"),
        ({"code": "payment_intent_authentication_failure"}, "authentication_required"),
        ({"code": "incorrect_cvc"}, "card_declined"),
        ({}, ""),
    ],
)
def test_a_session_tells_its_money_its_names_and_its_error(error, word):
    intent = {"id": "pi_1", "status": "x", "amount_received": 69_999, "currency": "usd", "last_payment_error": error}

    assert fact_of_session(session(intent), payment=Payment(pk=7)) == PaymentFact(
        "created", amount=70_000, captured=69_999, currency="usd", provider_ref="cs_1", intent_ref="pi_1", error=word
    )


def test_a_session_without_money_or_of_another_attempt_pays_nothing():
    bare = session(None, amount_total=None)

    assert fact_of_session(bare, payment=Payment(pk=7)) == PaymentFact("created", currency="vnd", provider_ref="cs_1")
    for metadata in (None, {}, {"payment_id": "8"}):
        told = fact_of_session(session(metadata=metadata), payment=Payment(pk=7, status="processing"))
        assert told == PaymentFact("processing", error="wrong_order")

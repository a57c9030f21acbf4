"""What is further on, and what a payment is after some of it went back."""

import pytest

from shop.domain.payments.deciding import deciding_payment
from shop.domain.payments.models import Payment
from shop.domain.payments.ranks import is_news, status_after_refunds


@pytest.mark.parametrize(
    ("present", "told", "expected"),
    [
        ("created", "requires_action", True),
        ("requires_action", "requires_action", False),
        ("failed", "succeeded", True),
        ("failed", "cancelled", False),
        ("succeeded", "failed", False),
        ("refunded", "partly_refunded", False),
        ("refunded", "disputed", True),
        ("dispute_won", "dispute_lost", False),
    ],
)
def test_states_only_rise(present, told, expected):
    assert is_news(present=present, told=told) is expected


@pytest.mark.parametrize(
    ("status", "captured", "refunded", "after"),
    [
        ("succeeded", 1_000, 0, "succeeded"),
        ("succeeded", 1_000, 1, "partly_refunded"),
        ("succeeded", 1_000, 999, "partly_refunded"),
        ("partly_refunded", 1_000, 1_000, "refunded"),
        ("partly_refunded", 1_000, 0, "succeeded"),
        ("failed", 0, 0, "failed"),
        # Cash comes parcel by parcel: more of it may still come.
        ("created", 1_000, 0, "created"),
        ("created", 1_000, 1_000, "created"),
        ("disputed", 1_000, 1_000, "disputed"),
        ("dispute_won", 1_000, 500, "dispute_won"),
        ("dispute_lost", 1_000, 0, "dispute_lost"),
    ],
)
def test_what_went_back_says_what_a_payment_is(status, captured, refunded, after):
    payment = Payment(status=status, captured_vnd=captured, refunded_vnd=refunded)

    assert status_after_refunds(payment=payment) == after


@pytest.mark.parametrize(
    ("attempts", "decides"),
    [
        ([], None),
        ([(0, 0)], 0),
        ([(0, 0), (0, 0)], 1),
        ([(500, 0), (0, 0)], 0),
        ([(500, 500), (700, 0)], 1),
        ([(500, 0), (700, 700)], 0),
        ([(500, 500), (700, 700), (0, 0)], 1),
        ([(500, 499), (700, 0)], 0),
    ],
)
def test_the_attempt_whose_money_the_shop_has_speaks_for_the_order(attempts, decides):
    made = [Payment(captured_vnd=captured, promised_back_vnd=back) for captured, back in attempts]

    assert deciding_payment(attempts=made) is (None if decides is None else made[decides])

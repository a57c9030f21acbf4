"""Which errors leave open what became of a request."""

import pytest
import stripe

from shop.domain.payments.providers.stripe_client import has_no_answer


@pytest.mark.parametrize(
    ("error", "says_nothing"),
    [
        (stripe.InvalidRequestError("x", "amount", http_status=400), False),
        (stripe.InvalidRequestError("being worked on", None, http_status=409), True),
        (stripe.IdempotencyError("x", http_status=400), False),
        (stripe.IdempotencyError("being worked on", http_status=409), True),
        (stripe.CardError("x", "number", "card_declined", http_status=402), False),
        (stripe.APIConnectionError("x"), True),
        (stripe.APIError("x", http_status=500), True),
        (stripe.RateLimitError("x", http_status=429), True),
    ],
)
def test_a_request_still_under_way_or_unheard_is_asked_again(error, says_nothing):
    assert has_no_answer(error) is says_nothing

"""Keys and misfortunes: what a shop meets when the line to Stripe is bad."""

import threading
import time

import pytest
import stripe

from tests.fake_stripe.buying import session_words, turn
from tests.fixtures.stand_in import client_of


@pytest.fixture
def client(stand_in):
    return client_of(stand_in)


def sessions_made(stand_in) -> int:
    return turn(stand_in, "state", "GET")["counts"]["checkout.session"]


def test_the_same_key_gets_the_same_answer(stand_in, client):
    words = session_words()

    first = client.v1.checkout.sessions.create(words, {"idempotency_key": "cs:7"})
    again = client.v1.checkout.sessions.create(words, {"idempotency_key": "cs:7"})

    assert (again.id, again.last_response.headers["Idempotent-Replayed"]) == (first.id, "true")
    assert sessions_made(stand_in) == 1


def test_other_words_under_the_same_key_are_refused(stand_in, client):
    client.v1.checkout.sessions.create(session_words(), {"idempotency_key": "cs:7"})

    with pytest.raises(stripe.IdempotencyError) as refused:
        client.v1.checkout.sessions.create(session_words(client_reference_id="other"), {"idempotency_key": "cs:7"})

    assert refused.value.http_status == 400


def test_a_key_under_way_is_a_conflict(stand_in, client):
    turn(stand_in, "faults", kind="delay", seconds=2)
    words = session_words()
    slow = threading.Thread(target=client.v1.checkout.sessions.create, args=(words, {"idempotency_key": "cs:7"}))
    slow.start()
    while not stand_in.api.keys._busy:
        time.sleep(0.01)

    with pytest.raises(stripe.StripeError) as refused:
        client_of(stand_in).v1.checkout.sessions.create(words, {"idempotency_key": "cs:7"})
    slow.join()

    assert refused.value.http_status == 409
    assert sessions_made(stand_in) == 1


def test_a_refused_form_keeps_no_answer(client):
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.create(session_words(expires_at=1), {"idempotency_key": "cs:7"})

    assert client.v1.checkout.sessions.create(session_words(), {"idempotency_key": "cs:7"}).status == "open"


@pytest.mark.parametrize(("kind", "made"), [("lost", 1), ("refuse", 0)])
def test_no_answer_says_nothing_about_the_work(stand_in, client, kind, made):
    turn(stand_in, "faults", kind=kind)
    words = session_words()

    with pytest.raises(stripe.APIConnectionError):
        client.v1.checkout.sessions.create(words, {"idempotency_key": "cs:7"})
    assert sessions_made(stand_in) == made
    client.v1.checkout.sessions.create(words, {"idempotency_key": "cs:7"})

    assert sessions_made(stand_in) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_an_error_of_stripe_s_own_passes_unless_it_was_kept(stand_in, client, status):
    turn(stand_in, "faults", kind="error", status=status)
    with pytest.raises(stripe.APIError):
        client.v1.checkout.sessions.create(session_words(), {"idempotency_key": "passes"})
    assert client.v1.checkout.sessions.create(session_words(), {"idempotency_key": "passes"}).status == "open"

    turn(stand_in, "faults", kind="error_after", status=status, is_kept=True)
    words = session_words()
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            client.v1.checkout.sessions.create(words, {"idempotency_key": "kept"})
    assert sessions_made(stand_in) == 2


def test_a_rate_limit_is_told_and_passes(stand_in, client):
    turn(stand_in, "faults", kind="error", status=429)

    with pytest.raises(stripe.RateLimitError):
        client.v1.checkout.sessions.create(session_words())
    assert client.v1.checkout.sessions.create(session_words()).status == "open"


def test_a_delay_longer_than_patience_is_no_answer(stand_in):
    impatient = stripe.StripeClient(
        "sk_test_of_the_tests",
        base_addresses={"api": stand_in.base_url},
        http_client=stripe.RequestsClient(timeout=0.3),
        max_network_retries=0,
    )
    turn(stand_in, "faults", kind="delay", seconds=1)

    with pytest.raises(stripe.APIConnectionError):
        impatient.v1.checkout.sessions.create(session_words())


def test_a_fault_without_a_name_is_refused(stand_in):
    with pytest.raises(Exception, match="400"):
        turn(stand_in, "faults", kind="earthquake")

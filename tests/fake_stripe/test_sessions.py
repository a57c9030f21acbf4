"""Sessions of the stand-in, asked by Stripe's own client."""

import time

import pytest
import stripe

from tests.fake_stripe.buying import bought, priced, session_words, turn
from tests.fixtures.stand_in import client_of


@pytest.fixture
def client(stand_in):
    return client_of(stand_in)


def test_a_session_is_open_and_unpaid_until_somebody_pays(client):
    session = client.v1.checkout.sessions.create(session_words())

    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency) == (250_000, "vnd")
    assert session.metadata.to_dict() == {"payment_id": "7"}


def test_paying_carries_the_metadata_of_the_intent(stand_in, client):
    session, intent = bought(stand_in, client)

    assert (session.status, session.payment_status, session.url) == ("complete", "paid", None)
    assert (intent.status, intent.amount_received, intent.metadata.to_dict()) == ("succeeded", 250_000, {"payment_id": "7"})


def test_expanding_reaches_the_fee(stand_in, client):
    session, _ = bought(stand_in, client)
    turn(stand_in, "clock", ahead_seconds=5)

    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge.balance_transaction"]})

    booked = paid.payment_intent.latest_charge.balance_transaction
    assert (booked.amount, booked.fee, booked.net) == (250_000, 16_500, 233_500)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (priced(12_999), "amount_too_small"),
        (priced(100_000_000), "amount_too_large"),
        (priced(250_000, "usd"), None),
        (priced(-1), "parameter_invalid_integer"),
        ({"expires_at": 1}, None),
        ({"expires_at": int(time.time()) + 90_000}, None),
        ({"mode": "subscription"}, None),
        ({"colour": "red"}, "parameter_unknown"),
        ({"line_items": []}, "parameter_missing"),
        ({"metadata": {"x" * 41: "y"}}, None),
    ],
)
def test_a_wrong_session_is_refused(client, changed, code):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.create(session_words(**changed))

    assert refused.value.code == code


def test_expiring_ends_it_once(stand_in, client):
    session = client.v1.checkout.sessions.create(session_words())

    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="status of expired"):
        client.v1.checkout.sessions.expire(session.id)


def test_a_paid_session_cannot_be_expired(stand_in, client):
    session, _ = bought(stand_in, client)

    with pytest.raises(stripe.InvalidRequestError, match="status of complete"):
        client.v1.checkout.sessions.expire(session.id)


def test_a_session_ends_by_itself(stand_in, client):
    session = client.v1.checkout.sessions.create(session_words())
    turn(stand_in, "clock", ahead_seconds=31 * 60)

    assert client.v1.checkout.sessions.retrieve(session.id).status == "expired"


def test_a_list_by_time_pages_from_the_newest(stand_in, client):
    made = [client.v1.checkout.sessions.create(session_words()).id for _ in range(5)]
    began = int(time.time()) - 60

    listed = client.v1.checkout.sessions.list({"created": {"gte": began}, "limit": 2})

    assert [session.id for session in listed.auto_paging_iter()] == made[::-1]
    assert list(client.v1.checkout.sessions.list({"created": {"lt": began}}).auto_paging_iter()) == []


@pytest.mark.parametrize("key", ["sk_live_1234567890", "rk_live_1234567890"])
def test_live_keys_are_refused(stand_in, key):
    with pytest.raises(stripe.AuthenticationError, match="takes no live keys"):
        client_of(stand_in, key=key).v1.checkout.sessions.list()


def test_another_shop_s_key_is_refused(stand_in):
    with pytest.raises(stripe.AuthenticationError):
        client_of(stand_in, key="sk_test_of_somebody_else").v1.checkout.sessions.list()


def test_what_is_not_there_is_said(client):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.checkout.sessions.retrieve("cs_test_none")

    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")

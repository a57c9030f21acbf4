"""Deliveries of the stand-in, read with Stripe's own check of signatures."""

import json

import pytest
import stripe

from tests.fake_stripe.buying import DECLINED, SECURE, bought, session_words, turn
from tests.fixtures.processes import poll_until
from tests.fixtures.stand_in import SECRETS, client_of

KINDS_OF_A_SALE = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed"]


@pytest.fixture
def client(telling_stand_in):
    return client_of(telling_stand_in)


def kinds(receiver):
    return [json.loads(body)["type"] for body, _ in receiver.came]


def all_delivered(stand_in):
    return turn(stand_in, "state", "GET")["deliveries_waiting"] == 0


def test_events_of_a_sale_arrive_signed_with_both_secrets(telling_stand_in, receiver, client):
    session, _ = bought(telling_stand_in, client)
    poll_until(lambda: len(receiver.came) >= 4, seconds=10)

    assert sorted(kinds(receiver)[:4]) == sorted(KINDS_OF_A_SALE)
    for body, signature in receiver.came:
        for secret in SECRETS:
            stripe.Webhook.construct_event(body, signature, secret)
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(body, signature, "whsec_another")
    completed = next(json.loads(body) for body, _ in receiver.came if b"session.completed" in body)
    assert (completed["data"]["object"]["id"], completed["livemode"]) == (session.id, False)


def test_a_refusing_receiver_is_asked_again(telling_stand_in, receiver, client):
    receiver.answer = lambda number: 500 if number <= 3 else 200
    session = client.v1.checkout.sessions.create(session_words())
    client.v1.checkout.sessions.expire(session.id)

    poll_until(lambda: len(receiver.came) == 4, seconds=20)
    assert set(kinds(receiver)) == {"checkout.session.expired"}
    poll_until(lambda: client.v1.events.list().data[0].pending_webhooks == 0, seconds=5)


def test_deliveries_are_repeated_and_shuffled_on_demand(telling_stand_in, receiver, client):
    turn(telling_stand_in, "webhooks", copies=3, shuffle_seconds=0.5)
    bought(telling_stand_in, client)

    poll_until(lambda: len(receiver.came) == 15, seconds=10)
    assert sorted(kinds(receiver)) == sorted([*KINDS_OF_A_SALE, "charge.updated"] * 3)
    assert kinds(receiver)[:15] != sorted(kinds(receiver))


def test_a_pause_holds_everything_back(telling_stand_in, receiver, client):
    turn(telling_stand_in, "webhooks", is_paused=True)
    bought(telling_stand_in, client)
    assert receiver.came == []

    turn(telling_stand_in, "webhooks")

    poll_until(lambda: len(receiver.came) == 5, seconds=10)
    poll_until(lambda: all_delivered(telling_stand_in), seconds=5)


def test_events_can_be_listed_and_sent_again(telling_stand_in, receiver, client):
    bought(telling_stand_in, client)
    poll_until(lambda: len(receiver.came) == 5, seconds=10)
    succeeded = client.v1.events.list({"type": "payment_intent.succeeded"}).data

    turn(telling_stand_in, "webhooks/again", events=[succeeded[0].id])

    poll_until(lambda: len(receiver.came) == 6, seconds=10)
    assert kinds(receiver)[5] == "payment_intent.succeeded"


@pytest.mark.parametrize(
    ("card", "answer", "told"),
    [
        (DECLINED, None, ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]),
        (SECURE, "refuse", ["payment_intent.created", "payment_intent.requires_action", "payment_intent.payment_failed"]),
        (SECURE, "approve", [*KINDS_OF_A_SALE, "payment_intent.requires_action"]),
    ],
)
def test_other_endings_are_told_too(telling_stand_in, client, card, answer, told):
    session = client.v1.checkout.sessions.create(session_words())

    turn(telling_stand_in, f"sessions/{session.id}/pay", card=card, **({"answer": answer} if answer else {}))

    assert sorted(event.type for event in client.v1.events.list({"limit": 100}).data) == sorted(told)

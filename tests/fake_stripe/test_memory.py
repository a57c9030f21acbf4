"""What the stand-in knows survives its end; what was on its way arrives afterwards."""

from shop.fake_stripe.server import StandIn
from shop.fake_stripe.webhooks import Endpoint
from tests.fake_stripe.buying import bought, session_words, turn
from tests.fixtures.processes import poll_until
from tests.fixtures.stand_in import KEY, client_of


def restarted(path, **options):
    stand_in = StandIn(key=KEY, path=path, **options)
    stand_in.start()
    return stand_in


def test_a_paid_session_and_its_key_are_remembered(tmp_path):
    first = restarted(tmp_path / "memory.sqlite3")
    words = session_words()
    open_one = client_of(first).v1.checkout.sessions.create(words, {"idempotency_key": "cs:9"})
    paid, intent = bought(first, client_of(first))
    first.stop()

    second = restarted(tmp_path / "memory.sqlite3")
    client = client_of(second)

    assert client.v1.checkout.sessions.retrieve(paid.id).payment_intent == intent.id
    assert client.v1.checkout.sessions.create(words, {"idempotency_key": "cs:9"}).id == open_one.id
    assert client.v1.refunds.create({"payment_intent": intent.id}).status == "succeeded"
    second.stop()


def test_undelivered_events_arrive_after_a_restart(tmp_path, receiver):
    endpoints = [Endpoint(receiver.url, ("whsec_x",))]
    first = restarted(tmp_path / "memory.sqlite3", endpoints=endpoints)
    turn(first, "webhooks", is_paused=True)
    bought(first, client_of(first))
    first.stop()
    assert receiver.came == []

    second = restarted(tmp_path / "memory.sqlite3", endpoints=endpoints)

    poll_until(lambda: len(receiver.came) >= 4, seconds=10)
    second.stop()

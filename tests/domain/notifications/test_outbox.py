import pytest
from django.db import transaction

from shop.common import clock
from shop.domain.notifications import bell, outbox
from shop.domain.notifications.models import OutboxMessage


class OrderRefused(Exception):
    """Why a transaction ends without a commit."""


def post_about_tea(**changes):
    values = {
        "key": "order:1:placed:buyer:email",
        "kind": "order_placed",
        "channel": "email",
        "recipient": "chau@example.vn",
        "language": "vi",
        "payload": {"order_id": 1},
        "now": clock.now(),
    }
    outbox.post(**(values | changes))


@transaction.atomic
def post_about_tea_and_fail():
    post_about_tea()
    raise OrderRefused


@pytest.fixture
def rings(monkeypatch):
    """How often the bell was rung."""
    rung = []
    monkeypatch.setattr(bell, "ring_bell", lambda: rung.append(True))
    return rung


def test_post_writes_a_waiting_message_and_rings_after_the_commit(transactional_db, rings):
    with transaction.atomic():
        post_about_tea()
        assert rings == []

    message = OutboxMessage.objects.get()
    assert (message.key, message.recipient, message.payload) == (
        "order:1:placed:buyer:email",
        "chau@example.vn",
        {"order_id": 1},
    )
    assert (message.sent_at, message.dead_at, message.attempts) == (None, None, 0)
    assert rings == [True]


def test_post_with_a_known_key_changes_nothing(db):
    post_about_tea()
    post_about_tea(recipient="somebody-else@example.vn")

    assert list(OutboxMessage.objects.values_list("recipient", flat=True)) == ["chau@example.vn"]


def test_post_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(outbox.NotInATransaction):
        post_about_tea()

    assert OutboxMessage.objects.count() == 0


def test_post_in_a_transaction_that_rolls_back_leaves_nothing_and_rings_nobody(transactional_db, rings):
    with pytest.raises(OrderRefused):
        post_about_tea_and_fail()

    assert OutboxMessage.objects.count() == 0
    assert rings == []


def test_a_bell_that_breaks_does_not_break_the_commit(transactional_db, monkeypatch):
    def break_down():
        raise RuntimeError("the bell fell down")

    monkeypatch.setattr(bell, "ring_bell", break_down)

    with transaction.atomic():
        post_about_tea()

    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "phone", "expected"),
    [
        ("chau@example.vn", "+84912345678", [("key:email", "email", "chau@example.vn")]),
        ("chau@example.vn", None, [("key:email", "email", "chau@example.vn")]),
        ("", "+84912345678", [("key:sms", "sms", "+84912345678")]),
        (None, "", []),
    ],
)
def test_tell_takes_one_way_and_e_mail_first(db, email, phone, expected):
    told = outbox.tell(key="key", kind="order_placed", email=email, phone=phone, language="en", payload={}, now=clock.now())

    assert told == bool(expected)
    assert list(OutboxMessage.objects.values_list("key", "channel", "recipient")) == expected

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.notifications import delivery, kinds
from shop.domain.notifications.channels.base import NotDelivered, RecipientRefused
from shop.domain.notifications.channels.kept import KeptChannel
from shop.domain.notifications.delivery import CLAIM_LASTS, Drain, claim_message, oldest_unsent_age, resend_message
from tests.factories.notifications import make_message

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHOP_TIME_ZONE)


class RecordingChannel:
    """Takes everything, or answers as it is told to."""

    leaves_the_shop = True

    def __init__(self):
        self.sent = []
        self.answers = []

    def send(self, outgoing):
        if self.answers:
            raise self.answers.pop(0)
        self.sent.append(outgoing)


@pytest.fixture
def channel(monkeypatch):
    recording = RecordingChannel()
    monkeypatch.setattr(delivery, "open_channel", lambda _name: recording)
    return recording


def drain(*, now=NOON):
    """Walk through the outbox at a standing clock; returns how many messages were touched."""
    walk = Drain(clock=lambda: now)
    touched = 0
    while walk.deliver_next():
        touched += 1
    return touched


def test_deliver_next_sends_marks_and_keeps_what_it_looked_like(db, channel):
    message = make_message(recipient="tea@example.vn", now=NOON)

    assert drain() == 1

    message.refresh_from_db()
    [outgoing] = channel.sent
    assert (outgoing.key, outgoing.recipient) == (message.key, "tea@example.vn")
    assert (message.sent_at, message.left_the_shop, message.attempts, message.last_error) == (NOON, True, 1, "")
    assert (message.subject, message.body_text, message.body_html) == (
        outgoing.text.subject,
        outgoing.text.body,
        outgoing.text.html,
    )


def test_deliver_next_without_a_server_keeps_the_message(db, monkeypatch):
    monkeypatch.setattr(delivery, "open_channel", lambda _name: KeptChannel())
    message = make_message(now=NOON)

    drain()

    message.refresh_from_db()
    assert (message.sent_at, message.left_the_shop) == (NOON, False)
    assert message.body_html != ""


def test_deliver_next_sends_the_oldest_first_and_each_once(db, channel):
    later = make_message(now=NOON - timedelta(minutes=1))
    earlier = make_message(now=NOON - timedelta(minutes=2))

    assert drain() == 2
    assert drain() == 0

    assert [outgoing.key for outgoing in channel.sent] == [earlier.key, later.key]


def test_a_channel_out_of_order_is_tried_once_in_a_walk(db, channel):
    first, second = make_message(now=NOON), make_message(now=NOON)
    channel.answers = [NotDelivered("Connection refused")]

    assert drain() == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.last_error, first.attempts, first.available_at) == (
        "Connection refused",
        1,
        NOON + timedelta(minutes=1),
    )
    assert (second.last_error, second.attempts, second.available_at) == ("", 0, NOON)


def test_a_failed_message_goes_out_after_its_pause(db, channel):
    message = make_message(now=NOON)
    channel.answers = [NotDelivered("Connection refused")]
    drain()

    assert drain(now=NOON + timedelta(seconds=59)) == 0
    assert drain(now=NOON + timedelta(seconds=60)) == 1

    message.refresh_from_db()
    assert (message.attempts, message.last_error, message.sent_at) == (2, "", NOON + timedelta(seconds=60))


def test_a_message_is_dead_after_a_day_of_failures(db, channel):
    message = make_message(now=NOON)
    moments = []
    now = NOON
    while message.dead_at is None:
        channel.answers = [NotDelivered("Connection refused")]
        assert drain(now=now) == 1
        message.refresh_from_db()
        moments.append(now - NOON)
        now = message.available_at

    assert moments[-1] >= timedelta(hours=24)
    assert moments[-2] < timedelta(hours=24)
    assert drain(now=now + timedelta(days=1)) == 0


def test_a_recipient_refused_for_good_is_dead_at_once_and_others_go_on(db, channel):
    mistyped, honey_farm = make_message(now=NOON), make_message(now=NOON)
    channel.answers = [RecipientRefused("550 no such mailbox", permanent=True)]

    assert drain() == 2

    mistyped.refresh_from_db()
    honey_farm.refresh_from_db()
    assert (mistyped.dead_at, mistyped.last_error) == (NOON, "550 no such mailbox")
    assert honey_farm.sent_at == NOON


def test_a_message_about_nothing_is_dead_at_once(db, channel):
    certificate = make_message(now=NOON)
    certificate.payload = {"certificate_id": 0}
    certificate.save(update_fields=["payload"])

    drain()

    certificate.refresh_from_db()
    assert certificate.dead_at == NOON
    assert channel.sent == []


def test_a_fault_in_one_template_stops_no_other_message(db, channel, monkeypatch):
    faulty, sound = make_message(now=NOON), make_message(now=NOON)
    write = delivery.render_message

    def render(message, *, today):
        if message.pk == faulty.pk:
            raise ZeroDivisionError("a fault of ours")
        return write(message, today=today)

    monkeypatch.setattr(delivery, "render_message", render)

    assert drain() == 2

    faulty.refresh_from_db()
    sound.refresh_from_db()
    assert (faulty.dead_at, faulty.last_error, faulty.available_at) == (
        None,
        "a fault of ours",
        NOON + timedelta(minutes=1),
    )
    assert sound.sent_at == NOON


def test_claim_message_hides_it_until_the_claim_runs_out(db):
    message = make_message(now=NOON)

    assert claim_message(now=NOON) == message
    assert claim_message(now=NOON + CLAIM_LASTS - timedelta(seconds=1)) is None
    assert claim_message(now=NOON + CLAIM_LASTS) == message


def test_a_claim_that_ran_out_gives_no_right_to_say_it_failed(db, channel):
    message = make_message(now=NOON)
    slow = claim_message(now=NOON)
    claim_message(now=NOON + CLAIM_LASTS)
    delivery._mark_failed(slow, now=NOON + CLAIM_LASTS, reason=NotDelivered("too late"))

    message.refresh_from_db()
    assert (message.last_error, message.claimed_until) == ("", NOON + 2 * CLAIM_LASTS)


def test_resend_message_sends_a_dead_one_with_the_same_key(db, channel):
    message = make_message(now=NOON)
    channel.answers = [RecipientRefused("550 no such mailbox", permanent=True)]
    drain()
    tomorrow = NOON + timedelta(days=1)

    resend_message(message_id=message.pk, now=tomorrow)
    drain(now=tomorrow)

    message.refresh_from_db()
    assert (message.sent_at, message.dead_at, message.last_error) == (tomorrow, None, "")
    assert [outgoing.key for outgoing in channel.sent] == [message.key]


def test_resend_message_without_a_recipient_is_refused(db):
    message = make_message(now=NOON)
    message.recipient = ""
    message.save(update_fields=["recipient"])

    with pytest.raises(delivery.RecipientForgotten):
        resend_message(message_id=message.pk, now=NOON)


def test_oldest_unsent_age_is_that_of_the_oldest_waiting_message(db, channel):
    assert oldest_unsent_age(now=NOON) is None

    make_message(now=NOON - timedelta(minutes=7))
    make_message(now=NOON - timedelta(minutes=2))
    assert oldest_unsent_age(now=NOON) == timedelta(minutes=7)

    drain()
    assert oldest_unsent_age(now=NOON) is None


def test_oldest_unsent_age_counts_a_broken_channel_and_no_refused_recipient(db, channel):
    make_message(now=NOON - timedelta(minutes=7))
    channel.answers = [RecipientRefused("450 mailbox busy", permanent=False)]
    drain()
    assert oldest_unsent_age(now=NOON) is None

    make_message(now=NOON - timedelta(minutes=3))
    channel.answers = [NotDelivered("Connection refused")]
    drain()
    assert oldest_unsent_age(now=NOON) == timedelta(minutes=3)


def test_oldest_unsent_age_of_a_message_sent_again_begins_then(db):
    message = make_message(now=NOON - timedelta(days=20))
    resend_message(message_id=message.pk, now=NOON - timedelta(minutes=1))

    assert oldest_unsent_age(now=NOON) == timedelta(minutes=1)

    claim_message(now=NOON)
    assert oldest_unsent_age(now=NOON) is None


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (11, 360), (32_767, 360)])
def test_retry_after_doubles_up_to_six_hours(attempts, minutes):
    assert delivery.retry_after(attempts=attempts) == timedelta(minutes=minutes)


def test_a_secret_is_kept_only_where_it_cannot_leave(db, channel):
    message = make_message(kind="account_code", now=NOON)
    message.payload = {"code": "482913"}
    message.save(update_fields=["payload"])

    drain()

    message.refresh_from_db()
    assert "482913" in channel.sent[0].text.body
    assert (message.sent_at, message.subject, message.body_text, message.body_html) == (NOON, "", "", "")


@pytest.mark.parametrize("end", ["sent", "dead"])
def test_a_last_letter_is_forgotten_as_soon_as_it_went_out_or_was_given_up(db, channel, monkeypatch, end):
    message = make_message(recipient="tea@example.vn", now=NOON)
    monkeypatch.setitem(kinds._KINDS, message.kind, replace(kinds.kind_named(message.kind), is_last=True))
    channel.answers = [RecipientRefused("550 tea@example.vn unknown", permanent=True)] if end == "dead" else []

    drain()

    message.refresh_from_db()
    assert (message.sent_at is not None, message.dead_at is not None) == (end == "sent", end == "dead")
    assert (message.recipient, message.subject, message.body_text, message.body_html, message.last_error) == ("",) * 5
    assert len(channel.sent) == (end == "sent")

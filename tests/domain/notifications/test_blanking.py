from datetime import datetime, timedelta

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.notifications.blanking import blank_old_messages
from tests.factories.notifications import make_message

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHOP_TIME_ZONE)


def ended_message(**ending):
    message = make_message(now=NOON - timedelta(days=40))
    message.subject, message.body_text, message.body_html = "Đã nhận đơn", "Chào Châu", "<p>Chào Châu</p>"
    for name, value in ending.items():
        setattr(message, name, value)
    message.save()
    return message


def what_is_left(message):
    message.refresh_from_db()
    return (message.recipient, message.subject, message.body_text, message.body_html, message.last_error)


def test_blank_old_messages_forgets_whom_and_what_after_30_days(db):
    sent = ended_message(sent_at=NOON - timedelta(days=30))
    dead = ended_message(dead_at=NOON - timedelta(days=31), last_error="550 chau@example.vn unknown")

    assert blank_old_messages(now=NOON) == 2

    assert what_is_left(sent) == what_is_left(dead) == ("", "", "", "", "")
    assert (sent.key != "", sent.payload != {}) == (True, True)
    assert blank_old_messages(now=NOON) == 0


def test_blank_old_messages_leaves_younger_and_waiting_ones(db):
    young = ended_message(sent_at=NOON - timedelta(days=29, hours=23))
    waiting = ended_message()

    assert blank_old_messages(now=NOON) == 0

    assert what_is_left(young)[0] == young.recipient != ""
    assert what_is_left(waiting)[0] == waiting.recipient != ""

from datetime import datetime

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.queries import CONDITIONS, MessageState, count_messages, list_messages, state_of
from tests.factories.notifications import make_message

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=SHOP_TIME_ZONE)
ENDINGS = {
    "waiting": ({}, MessageState.WAITING),
    "between two tries": ({"last_error": "451"}, MessageState.FAILED),
    "given up": ({"dead_at": NOON, "last_error": "550"}, MessageState.FAILED),
    "given up long ago": ({"dead_at": NOON}, MessageState.FAILED),
    "sent": ({"sent_at": NOON, "left_the_shop": True}, MessageState.SENT),
    "kept": ({"sent_at": NOON}, MessageState.KEPT),
}


def make_all():
    for name, (ending, _) in ENDINGS.items():
        message = make_message(key=name, now=NOON)
        OutboxMessage.objects.filter(pk=message.pk).update(**ending)


def test_every_message_is_in_exactly_one_state_and_both_ways_agree(db):
    make_all()

    for message in OutboxMessage.objects.all():
        states = [state for state, condition in CONDITIONS.items() if OutboxMessage.objects.filter(condition, pk=message.pk)]
        assert states == [state_of(message)] == [ENDINGS[message.key][1]]


def test_count_messages_counts_each_state(db):
    make_all()

    assert count_messages(messages=OutboxMessage.objects.all()) == {"waiting": 1, "failed": 3, "sent": 1, "kept": 1}


def test_list_messages_filters_by_state_and_words_and_ignores_unknown_states(db):
    make_all()
    everything = OutboxMessage.objects.all()

    assert [message.key for message in list_messages(messages=everything, state="kept", words="")] == ["kept"]
    assert list_messages(messages=everything, state="nonsense", words="").count() == len(ENDINGS)
    found = list_messages(messages=everything, state="", words="LONG ago")
    assert [message.key for message in found] == ["given up long ago"]

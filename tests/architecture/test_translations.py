"""Both languages are complete: nothing Vietnamese shows on an English page because a text was forgotten."""

import re
from collections import defaultdict

from babel.messages.pofile import read_po

from shop.common.message_use import english_messages, messages_without_english, used_messages
from shop.common.messages import message_files

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w*}")


def test_every_message_has_an_english_text():
    assert [f"{use.path}:{use.line}: {use.text}" for use in messages_without_english()] == []


def test_a_message_in_a_context_is_another_message():
    """Two desks say «Không đổi», and mean two things by it."""
    known = english_messages()

    assert {("", "Không đổi"), ("rows", "Không đổi")} <= known
    assert ("rows", "Trả hàng") not in known


def test_one_message_has_one_english_text():
    """Django merges the files of all apps, so of two texts one would show up where the other was meant."""
    texts = defaultdict(set)
    for path in message_files():
        with path.open("rb") as source:
            for message in read_po(source, locale=path.parts[-3]):
                if message.id:
                    texts[path.parts[-3], message.context, str(message.id)].add(str(message.string))

    assert {key: found for key, found in texts.items() if len(found) > 1} == {}


def test_messages_are_found_in_code_and_in_templates():
    suffixes = {use.path.suffix for use in used_messages()}

    assert suffixes >= {".py", ".html"}


def test_an_english_text_has_the_placeholders_of_its_message():
    wrong = []
    for path in message_files():
        with path.open("rb") as source:
            for message in read_po(source, locale=path.parts[-3]):
                ids = [message.id] if isinstance(message.id, str) else list(message.id)
                texts = [message.string] if isinstance(message.string, str) else list(message.string)
                expected = set(PLACEHOLDER.findall(" ".join(ids)))
                if ids[0]:
                    wrong += [text for text in texts if text and set(PLACEHOLDER.findall(text)) - expected]

    assert wrong == []

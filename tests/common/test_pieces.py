"""Finished pieces of pages: the same while their key is, for a moment."""

import time

import pytest
from django.template import engines
from django.utils import translation

from shop.common import pieces
from shop.common.pieces import forget_pieces, remembered


@pytest.fixture(autouse=True)
def remembering(settings):
    settings.PIECES_SECONDS = 30
    forget_pieces()


def made(log, piece):
    log.append(piece)
    return piece


def test_a_piece_is_made_once_per_key():
    log = []

    assert [remembered(("card", pk), lambda pk=pk: made(log, f"<{pk}>")) for pk in (1, 2, 1)] == ["<1>", "<2>", "<1>"]
    assert log == ["<1>", "<2>"]


def test_an_old_piece_is_made_anew(monkeypatch):
    remembered("key", lambda: "old")
    later = time.monotonic() + 31
    monkeypatch.setattr(pieces.time, "monotonic", lambda: later)

    assert remembered("key", lambda: "new") == "new"


def test_only_so_many_pieces_are_kept(monkeypatch):
    monkeypatch.setattr(pieces, "MOST_PIECES", 2)
    for number in range(5):
        remembered(number, lambda number=number: str(number))

    assert list(pieces._kept) == [3, 4]


def test_nothing_is_kept_where_settings_say_so(settings):
    settings.PIECES_SECONDS = 0
    remembered("key", lambda: "old")

    assert remembered("key", lambda: "new") == "new"


def rendered(**context):
    source = '{% load shop_pieces %}{% piece "name" key %}{{ text }}{% endpiece %}'
    return engines["django"].from_string(source).render(context)


def test_the_tag_keeps_what_its_values_name_in_each_language():
    assert rendered(key=1, text="<b>") == "&lt;b&gt;"
    assert rendered(key=1, text="other") == "&lt;b&gt;"
    assert rendered(key=2, text="other") == "other"
    with translation.override("en"):
        assert rendered(key=1, text="English") == "English"

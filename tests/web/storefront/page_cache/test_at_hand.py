"""In a rush a page is given out without a question; a moment later Valkey is asked again."""

import pytest
from django.core.cache import cache

from shop.common import shown_versions
from shop.web.storefront.page_cache import at_hand

from .asking import get, is_hit, page_cache  # noqa: F401 -- a fixture for all

pytestmark = pytest.mark.django_db


class Clock:
    """The time of pages at hand, moved by hand."""

    now = 1_000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch, settings):
    settings.PAGE_TRUST_SECONDS = 0.05
    hands = Clock()
    monkeypatch.setattr(at_hand, "time", hands)
    monkeypatch.setattr(at_hand, "_pages", {})
    return hands


@pytest.fixture
def questions(monkeypatch):
    asked, ask = [], cache.get_many
    monkeypatch.setattr(cache, "get_many", lambda keys: asked.append(keys) or ask(keys))
    return asked


def test_within_a_moment_nobody_asks_again(clock, questions):
    get("/")
    get("/")
    before = len(questions)

    answers = [get("/") for _ in range(5)]

    assert [is_hit(answer) for answer in answers] == [True] * 5
    assert len(questions) == before
    clock.now += 0.051
    get("/")
    assert len(questions) == before + 1


def test_a_change_shows_when_the_moment_is_over(clock):
    get("/")
    get("/")
    shown_versions._mark(frozenset({"lists"}))

    assert is_hit(get("/"))
    clock.now += 0.051
    assert not is_hit(get("/"))


def test_without_trust_every_visit_asks(clock, questions, settings):
    settings.PAGE_TRUST_SECONDS = 0
    get("/")
    before = len(questions)
    get("/")
    get("/")

    assert len(questions) == before + 2


def test_only_so_many_lie_there(clock, monkeypatch):
    monkeypatch.setattr(at_hand, "MOST_PAGES", 3)
    for page in range(1, 9):
        path = f"/san-pham/?trang={page}"
        get(path)
        get(path)

    assert 1 <= len(at_hand._pages) <= 3

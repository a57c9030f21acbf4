"""Who makes a page when many ask, and how long a copy holds."""

from threading import Event, Thread

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import RequestFactory

from shop.common import shown_versions
from shop.web.storefront import home
from shop.web.storefront.page_cache import copies
from shop.web.storefront.page_cache.addresses import address_of
from tests.factories import make_listing

from .asking import get, is_hit, page_cache, product_path  # noqa: F401 -- a fixture for all

pytestmark = pytest.mark.django_db


class Clock:
    """The time of copies, moved by hand."""

    def __init__(self):
        self.now = 1_000_000.0

    def time(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    hands = Clock()
    monkeypatch.setattr(copies, "time", hands)
    monkeypatch.setattr("shop.web.storefront.page_cache.middleware.time", hands)
    return hands


def change(*names):
    shown_versions._mark(frozenset(names))


def test_a_copy_is_made_anew_a_little_before_it_ends(clock):
    get("/")
    clock.now += 24.9
    before = get("/")
    clock.now += 0.2
    after = get("/")

    assert (is_hit(before), is_hit(after), is_hit(get("/"))) == (True, False, True)


def test_a_change_shows_with_the_next_visit(clock):
    listing = make_listing()
    for path, name in (("/", "lists"), (product_path(listing), f"product:{listing.product_id}"), ("/tinh/", "everything")):
        get(path)
        clock.now += 11
        change(name)
        assert (path, is_hit(get(path)), is_hit(get(path))) == (path, False, True)
        change("product:0", "texts")
        assert (path, is_hit(get(path))) == (path, True)


def test_in_a_rush_of_changes_a_list_is_made_every_five_seconds(clock):
    made = 0
    for _half in range(60):
        change("lists")
        made += not is_hit(get("/"))
        clock.now += 0.5

    assert 6 <= made <= 8
    clock.now += 5
    change("lists")
    assert not is_hit(get("/"))


def test_in_a_rush_of_changes_a_product_is_made_for_each(clock):
    listing = make_listing()
    for _change in range(20):
        change(f"product:{listing.product_id}")
        assert not is_hit(get(product_path(listing)))


def test_a_mark_that_is_lost_is_a_change_too(clock):
    change("lists")
    get("/")
    cache.delete(shown_versions.mark_key("lists"))

    assert not is_hit(get("/"))


def test_marks_that_were_lost_never_come_back_as_older_ones(clock):
    seen = set()
    for _round in range(50):
        change("lists")
        seen.add(shown_versions.read_marks("lists"))
        cache.delete(shown_versions.mark_key("lists"))

    assert len(seen) == 50


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_there_already", [True, False])
def test_one_makes_the_page_and_the_others_take_what_there_is(monkeypatch, is_there_already):
    # A machine that is busy with other tests makes a page slowly.
    monkeypatch.setattr(copies, "MAKING_SECONDS", 300)
    monkeypatch.setattr(copies, "MOST_LOOKS", 7_500)
    begun, may_end = Event(), Event()
    made = []
    make = home.render_for_all

    def slow(request, *arguments):
        made.append(request)
        begun.set()
        assert may_end.wait(30)
        return make(request, *arguments)

    if is_there_already:
        get("/")
        change("lists")
    monkeypatch.setattr(home, "render_for_all", slow)
    answers = []

    def ask():
        answers.append(get("/"))
        connections.close_all()

    first = Thread(target=ask)
    first.start()
    assert begun.wait(30)
    others = [Thread(target=ask) for _ in range(5)]
    for other in others:
        other.start()
    if is_there_already:
        for other in others:
            other.join(30)
        # They have the copy from a moment before; nobody waited.
        assert [is_hit(answer) for answer in answers] == [True] * 5
    may_end.set()
    for thread in (first, *others):
        thread.join(30)

    assert len(made) == 1
    assert {answer.status_code for answer in answers} == {200}
    assert sorted(is_hit(answer) for answer in answers) == [False] + [True] * 5


def test_who_comes_to_its_turn_just_after_the_maker_takes_its_copy(monkeypatch):
    begin = copies.begin_making
    made = []

    def begin_late(key, marks):
        if not made:
            made.append("by another")
            get("/")
        return begin(key, marks)

    monkeypatch.setattr("shop.web.storefront.page_cache.middleware.begin_making", begin_late)

    assert is_hit(get("/"))


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_page_that_came_to_nothing(monkeypatch):
    key = copies.copy_key(address_of(RequestFactory().get("/")), today=copies.date(2027, 3, 12))
    assert copies.begin_making(key, (None,))
    assert not copies.begin_making(key, (None,))
    # Of another moment: that one is not held up by this.
    assert copies.begin_making(key, (5,))
    copies.end_making(key, (None,))

    assert copies.wait_for_copy(key, (None,)) is None
    assert copies.begin_making(key, (None,))

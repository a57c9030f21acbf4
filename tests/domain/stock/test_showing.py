"""Which kept pages are made anew when units come and go: the product's own always, lists at the edges."""

import pytest

from shop.common import clock, shown_versions
from shop.common.shown_versions import LISTS, product
from shop.domain.people.actor import SYSTEM
from shop.domain.stock import allocating, counting, showing
from shop.domain.stock.allocating import release_stock
from shop.domain.stock.counting import restock, set_stock
from shop.domain.stock.showing import show_stock_anew
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(monkeypatch):
    names = []
    monkeypatch.setattr(showing, "show_anew", lambda *given: names.append(set(given)))
    return names


# What is left after the change, and the change.
@pytest.mark.parametrize(
    ("left", "change", "lists"),
    [(5, -1, False), (1, -1, False), (0, -1, True), (1, 1, True), (2, 1, False), (5, 5, True), (5, 4, False), (0, 0, False)],
)
def test_lists_follow_when_something_sells_out_or_comes_back(shown, left, change, lists):
    tea = make_listing(stock=left)
    make_listing("Cà phê Cầu Đất", stock=0)

    show_stock_anew({tea.stock_records.get().pk: change})

    assert shown == [{product(tea.product_id)} | ({LISTS} if lists else set())]


def test_lists_follow_whoever_counts_the_shelf(shown):
    tea = make_listing(stock=5)

    show_stock_anew({tea.stock_records.get().pk: 1}, is_counted=True)

    assert shown == [{product(tea.product_id), LISTS}]


def test_one_of_many_at_the_edge_is_enough(shown):
    tea, coffee = make_listing(stock=5), make_listing("Cà phê Cầu Đất", stock=0)

    show_stock_anew({tea.stock_records.get().pk: -1, coffee.stock_records.get().pk: -2})

    assert shown == [{product(tea.product_id), product(coffee.product_id), LISTS}]


def test_promised_units_are_not_free(shown):
    """One of two is promised: what is taken now is the last free one."""
    tea = make_listing(stock=2)
    make_order((tea, 1))
    record = tea.stock_records.get()
    record.num_allocated = 2
    record.save()
    shown.clear()

    show_stock_anew({record.pk: -1})

    assert shown == [{product(tea.product_id), LISTS}]


@pytest.fixture
def told(monkeypatch):
    """What allocating and counting say of the units that changed."""
    said = []
    for module in (allocating, counting):
        monkeypatch.setattr(module, "show_stock_anew", lambda changes, **more: said.append((dict(changes), more)))
    return said


def test_whatever_changes_the_free_units_says_by_how_many(told):
    tea = make_listing(stock=10)
    record = tea.stock_records.get().pk
    parcel = make_order((tea, 3)).parcels.get()
    now = clock.now()

    release_stock(parcel_id=parcel.pk, now=now)
    set_stock(stock_record_id=record, on_hand=12, expected_on_hand=10, actor=SYSTEM, now=now)
    restock(stock_record_id=record, quantity=4, actor=SYSTEM, now=now)

    assert [changes for changes, _ in told] == [{record: -3}, {record: 3}, {record: 2}, {record: 4}]
    assert told[2][1] == {"is_counted": True}
    assert list(parcel.lines.values_list("num_allocated", "allocation_cancelled")) == [(0, True)]


def test_pages_are_named_to_the_cache(monkeypatch, django_capture_on_commit_callbacks):
    marked = []
    monkeypatch.setattr(shown_versions, "_mark", marked.append)
    tea = make_listing(stock=5)

    with django_capture_on_commit_callbacks(execute=True):
        show_stock_anew({tea.stock_records.get().pk: -1})

    assert marked == [{product(tea.product_id)}]

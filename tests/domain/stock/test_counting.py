import pytest

from shop.common import clock
from shop.domain.people.actor import SYSTEM
from shop.domain.stock.counting import LessThanAllocated, StockChanged, restock, set_stock
from shop.domain.stock.models import StockMovement
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


def count(record, *, on_hand, expected):
    set_stock(stock_record_id=record.pk, on_hand=on_hand, expected_on_hand=expected, actor=SYSTEM, now=clock.now())


def test_set_stock_writes_number_and_movement():
    record = make_listing(stock=10).stock_records.get()

    count(record, on_hand=12, expected=10)

    record.refresh_from_db()
    assert record.num_in_stock == 12
    assert StockMovement.objects.order_by("pk").last().on_hand_change == 2


def test_set_stock_from_an_old_form_says_what_is_there_now():
    record = make_listing(stock=10).stock_records.get()

    with pytest.raises(StockChanged) as refused:
        count(record, on_hand=12, expected=9)

    assert refused.value.on_hand == 10


def test_set_stock_below_what_is_promised_is_refused():
    tea = make_listing(stock=10)
    make_order((tea, 4))

    with pytest.raises(LessThanAllocated) as refused:
        count(tea.stock_records.get(), on_hand=3, expected=10)

    assert refused.value.allocated == 4


def test_restock_adds_units():
    record = make_listing(stock=10).stock_records.get()

    restock(stock_record_id=record.pk, quantity=5, actor=SYSTEM, now=clock.now())

    record.refresh_from_db()
    assert record.num_in_stock == 15

from datetime import timedelta
from functools import partial

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.people.actor import SYSTEM, Actor
from shop.domain.producers.models import ProducerProfile
from shop.domain.producers.staff import actor_of
from shop.domain.stock.counting import LessThanAllocated, StockChanged, restock, set_stock
from shop.domain.stock.models import StockMovement
from tests.factories import make_commune, make_listing, make_member, make_order, make_producer, make_user

pytestmark = pytest.mark.django_db


def count(record, *, on_hand, expected):
    set_stock(stock_record_id=record.pk, on_hand=on_hand, expected_on_hand=expected, actor=SYSTEM, now=clock.now())


def test_set_stock_writes_number_and_movement():
    record = make_listing(stock=10).stock_records.get()

    count(record, on_hand=12, expected=10)

    record.refresh_from_db()
    assert record.num_in_stock == 12
    assert StockMovement.objects.order_by("pk").last().on_hand_change == 2


def test_counting_is_in_the_log_with_place_and_producer():
    producer = make_producer(commune=make_commune("05503"))
    record = make_listing(producer=producer, stock=10).stock_records.get()
    clerk, now = make_member(producer), clock.now()

    set_stock(stock_record_id=record.pk, on_hand=7, expected_on_hand=10, actor=actor_of(user=clerk), now=now)

    entry = AuditEntry.objects.get(action="stock.counted")
    assert (entry.object_type, entry.object_id, entry.label) == ("stock", str(record.pk), record.partner_sku)
    assert (entry.province_code, entry.commune_code, entry.producer_id) == ("19", "05503", producer.pk)
    assert (entry.actor_id, entry.at) == (clerk.pk, now)
    assert (entry.detail["old"], entry.detail["new"]) == ({"on_hand": 10}, {"on_hand": 7})


def test_goods_of_a_partner_without_a_profile_are_counted_too():
    record = make_listing(stock=10).stock_records.get()
    ProducerProfile.objects.all().delete()

    count(record, on_hand=9, expected=10)

    entry = AuditEntry.objects.get(action="stock.counted")
    assert (entry.province_code, entry.commune_code) == ("", "")


@pytest.mark.parametrize(
    ("act", "kind", "change"),
    [
        (partial(set_stock, on_hand=7, expected_on_hand=10), StockMovement.Kind.COUNTED, -3),
        (partial(restock, quantity=5), StockMovement.Kind.RESTOCKED, 5),
    ],
)
def test_every_change_of_the_shelf_is_a_movement_by_somebody(act, kind, change):
    record = make_listing(stock=10).stock_records.get()
    other = make_listing("Mật ong", stock=10).stock_records.get()
    clerk, now = make_user(), clock.now() + timedelta(hours=1)

    act(stock_record_id=record.pk, actor=Actor(user_id=clerk.pk), now=now)

    movement = StockMovement.objects.latest("pk")
    assert (movement.stock_record_id, movement.kind, movement.on_hand_change) == (record.pk, kind, change)
    assert (movement.actor_id, movement.at) == (clerk.pk, now)
    record.refresh_from_db()
    other.refresh_from_db()
    assert (record.num_in_stock, record.date_updated) == (10 + change, now)
    assert other.num_in_stock == 10


def test_set_stock_from_an_old_form_says_what_is_there_now():
    make_listing("Mật ong", stock=3)
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

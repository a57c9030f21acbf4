from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.worklist import Tab, count_parcels, list_parcels
from tests.factories import make_listing, make_order, make_producer

pytestmark = pytest.mark.django_db


def _parcel(listing, **changes):
    parcel = make_order((listing, 1), **changes.pop("request", {})).parcels.get()
    Parcel.objects.filter(pk=parcel.pk).update(**changes)
    return parcel


def _find(words="", tab=Tab.TO_CONFIRM):
    return list(list_parcels(parcels=Parcel.objects.all(), tab=tab, words=words, now=clock.now()))


def test_every_parcel_that_is_paid_for_lies_on_one_heap():
    listing, now = make_listing(stock=50), clock.now()
    _parcel(listing)
    _parcel(listing, status="packing")
    _parcel(listing, status="packing", packed_at=now)
    _parcel(listing, status="shipped", shipped_at=now)
    _parcel(listing, status="closed")
    _parcel(listing, status="lost")
    _parcel(listing, status="on_hold")
    _parcel(listing, status="pending")

    counts = count_parcels(parcels=Parcel.objects.all())

    assert counts.by_tab == dict.fromkeys(Tab, 1)
    assert counts.to_do == 3


def test_the_next_deadline_stands_first():
    listing, now = make_listing(), clock.now()
    later = _parcel(listing, confirm_by=now + timedelta(hours=9))
    sooner = _parcel(listing, confirm_by=now + timedelta(hours=2))

    assert _find() == [sooner, later]


@pytest.mark.parametrize("words", ["Minh Châu", "0912 345 678", "+84912345678", "345678"])
def test_a_parcel_is_found_by_name_and_phone(words):
    parcel = _parcel(make_listing())

    assert _find(words) == [parcel]


def test_a_parcel_is_found_by_its_number():
    listing = make_listing()
    parcel = _parcel(listing)
    _parcel(listing)

    assert _find(parcel.number) == [parcel]
    assert _find("khong-co") == []


def test_a_name_that_may_no_longer_be_seen_is_not_found_either():
    parcel = _parcel(make_listing(), status="closed")
    ParcelEvent.objects.create(parcel=parcel, to_status="closed", at=clock.now() - timedelta(days=31))

    assert _find("Minh Châu", Tab.DONE) == []
    assert _find(parcel.number, Tab.DONE) == [parcel]


@pytest.mark.parametrize("parcels_count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(parcels_count, django_assert_num_queries):
    producer = make_producer()
    for number in range(parcels_count):
        _parcel(make_listing(f"Chè {number}", producer=producer))

    with django_assert_num_queries(2):
        for parcel in list_parcels(parcels=Parcel.objects.all(), tab=Tab.TO_CONFIRM, words="", now=clock.now()):
            assert parcel.order.buyer_name
            assert parcel.ship_to.commune.province.name
            assert [line.title for line in parcel.lines.all()] != []

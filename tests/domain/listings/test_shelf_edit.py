import pytest

from shop.common import clock
from shop.domain.listings.price_edit import ListingChanged
from shop.domain.listings.shelf_edit import ShelfChange, ShelfConflict, edit_shelf
from shop.domain.producers.staff import actor_of
from shop.domain.stock.counting import LessThanAllocated, StockChanged
from shop.domain.stock.models import StockMovement
from tests.factories import make_listing, make_member, make_order, make_pack

pytestmark = pytest.mark.django_db


def _edit(listing, *changes, version=1):
    owner = actor_of(user=make_member(listing.producer))
    edit_shelf(changes=changes, expected_version=version, actor=owner, now=clock.now())


def test_price_and_stock_of_all_packs_are_saved_together():
    listing = make_listing(stock=None)
    small, large = make_pack(listing, price_vnd=98_000, stock=10), make_pack(listing, price_vnd=185_000, stock=4)

    _edit(listing, ShelfChange(small.pk, 99_000, 12, 10), ShelfChange(large.pk, 180_000, 4, 4))

    small.refresh_from_db()
    large.refresh_from_db()
    assert [(one.price, one.num_in_stock) for one in (small, large)] == [(99_000, 12), (180_000, 4)]
    assert StockMovement.objects.filter(stock_record=large).count() == 1


def test_a_count_made_before_a_sale_saves_nothing():
    listing = make_listing(price_vnd=185_000, stock=20)
    record = listing.stock_records.get()
    record.num_in_stock = 18
    record.save()

    with pytest.raises(ShelfConflict) as refused:
        _edit(listing, ShelfChange(record.pk, 200_000, 25, 20))

    record.refresh_from_db()
    assert isinstance(refused.value.cause, StockChanged)
    assert (refused.value.stock_record_id, refused.value.cause.on_hand) == (record.pk, 18)
    assert (record.price, record.num_in_stock) == (185_000, 18)


def test_stock_does_not_fall_below_what_is_promised():
    listing = make_listing(stock=20)
    make_order((listing, 5))

    with pytest.raises(ShelfConflict) as refused:
        _edit(listing, ShelfChange(listing.stock_records.get().pk, 185_000, 4, 20))

    assert isinstance(refused.value.cause, LessThanAllocated)
    assert refused.value.cause.allocated == 5


def test_a_stale_form_is_refused_whole():
    listing = make_listing(price_vnd=185_000, stock=20)

    with pytest.raises(ListingChanged):
        _edit(listing, ShelfChange(listing.stock_records.get().pk, 190_000, 30, 20), version=7)

    assert listing.stock_records.get().num_in_stock == 20


def test_another_producers_pack_is_left_alone():
    listing, honey = make_listing(), make_listing("Mật ong", price_vnd=90_000)
    theirs = honey.stock_records.get()

    _edit(listing, ShelfChange(theirs.pk, 1_000, 0, 20))

    theirs.refresh_from_db()
    assert (theirs.price, theirs.num_in_stock) == (90_000, 20)

import pytest

from shop.common import clock
from shop.domain.stock.allocating import NotAllocated, SoldOut, allocate_stock, consume_stock, release_stock
from shop.domain.stock.models import StockMovement
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


def stock_of(listing):
    record = listing.stock_records.get()
    return record.num_in_stock, record.num_allocated


def sum_of_movements(listing):
    moves = StockMovement.objects.filter(stock_record__listing=listing)
    return (
        sum(moves.values_list("on_hand_change", flat=True)),
        sum(moves.values_list("reserved_change", flat=True)),
    )


def test_allocate_stock_promises_units():
    tea = make_listing(stock=5)

    allocate_stock(quantities={tea.stock_records.get().pk: 5})

    assert stock_of(tea) == (5, 5)


def test_allocate_stock_names_every_record_that_is_sold_out():
    tea, honey, rice = (make_listing(title, stock=1) for title in ("Chè", "Mật ong", "Gạo"))
    records = {listing: listing.stock_records.get().pk for listing in (tea, honey, rice)}

    with pytest.raises(SoldOut) as refused:
        allocate_stock(quantities={records[tea]: 2, records[honey]: 1, records[rice]: 3})

    assert refused.value.stock_record_ids == (records[tea], records[rice])


def test_release_stock_gives_units_back_once():
    tea = make_listing(stock=5)
    parcel = make_order((tea, 2)).parcels.get()
    now = clock.now()

    release_stock(parcel_id=parcel.pk, now=now)
    release_stock(parcel_id=parcel.pk, now=now)

    assert stock_of(tea) == sum_of_movements(tea) == (5, 0)
    assert StockMovement.objects.filter(kind=StockMovement.Kind.RELEASED).count() == 1


def test_consume_stock_takes_units_out_once():
    tea = make_listing(stock=5)
    parcel = make_order((tea, 2)).parcels.get()

    consume_stock(parcel_id=parcel.pk, now=clock.now())

    assert stock_of(tea) == sum_of_movements(tea) == (3, 0)
    with pytest.raises(NotAllocated):
        consume_stock(parcel_id=parcel.pk, now=clock.now())


def test_units_that_leave_are_those_of_their_parcel_alone():
    tea, honey = make_listing(stock=5), make_listing("Mật ong", stock=5)
    parcel, other = (make_order((listing, 2)).parcels.get() for listing in (tea, honey))

    consume_stock(parcel_id=parcel.pk, now=clock.now())

    assert (stock_of(tea), stock_of(honey)) == ((3, 0), (5, 2))
    assert other.lines.get().num_allocated == 2


def test_released_units_cannot_be_consumed():
    tea = make_listing(stock=5)
    parcel = make_order((tea, 2)).parcels.get()
    release_stock(parcel_id=parcel.pk, now=clock.now())

    with pytest.raises(NotAllocated):
        consume_stock(parcel_id=parcel.pk, now=clock.now())

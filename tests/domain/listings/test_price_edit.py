import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.listings.price_edit import HIGHEST_PRICE_VND, ListingChanged, PriceOutOfRange, set_price
from shop.domain.producers.staff import actor_of
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_listing, make_member, make_order, make_pack, make_producer

pytestmark = pytest.mark.django_db


def _owner(listing):
    return actor_of(user=make_member(listing.producer))


def test_a_new_price_reaches_the_pack_and_the_listing():
    listing = make_listing(price_vnd=185_000)
    record = listing.stock_records.get()

    set_price(stock_record_id=record.pk, price_vnd=199_000, expected_version=1, actor=_owner(listing), now=clock.now())

    record.refresh_from_db()
    listing.refresh_from_db()
    assert (record.price, listing.price_from_vnd, listing.version) == (199_000, 199_000, 2)


def test_a_price_is_written_down_and_set_for_no_other_listing():
    listing, other = make_listing(price_vnd=185_000), make_listing("Mật ong", price_vnd=50_000)
    record, owner, now = listing.stock_records.get(), _owner(listing), clock.now()

    for price_vnd in (HIGHEST_PRICE_VND, 1):
        listing.refresh_from_db()
        words = {"expected_version": listing.version, "actor": owner, "now": now}
        assert set_price(stock_record_id=record.pk, price_vnd=price_vnd, **words) == listing

    other.refresh_from_db()
    assert (other.price_from_vnd, other.version, other.stock_records.get().price) == (50_000, 1, 50_000)
    told = AuditEntry.objects.filter(action="listing.price_set").order_by("pk")
    assert [(one.object_id, one.actor_id, one.detail["old"], one.detail["new"]) for one in told] == [
        (str(listing.pk), owner.user_id, {"price_vnd": 185_000}, {"price_vnd": HIGHEST_PRICE_VND}),
        (str(listing.pk), owner.user_id, {"price_vnd": HIGHEST_PRICE_VND}, {"price_vnd": 1}),
    ]
    assert {one.detail["stock_record"] for one in told} == {record.pk}


def test_the_listing_shows_its_cheapest_pack():
    listing = make_listing(stock=None)
    small, large = make_pack(listing, price_vnd=98_000), make_pack(listing, price_vnd=185_000)
    owner = _owner(listing)

    set_price(stock_record_id=small.pk, price_vnd=120_000, expected_version=1, actor=owner, now=clock.now())
    set_price(stock_record_id=large.pk, price_vnd=110_000, expected_version=2, actor=owner, now=clock.now())

    listing.refresh_from_db()
    assert listing.price_from_vnd == 110_000


def test_a_form_made_before_another_save_is_refused():
    listing = make_listing(price_vnd=185_000)
    record = listing.stock_records.get()
    owner = _owner(listing)
    set_price(stock_record_id=record.pk, price_vnd=190_000, expected_version=1, actor=owner, now=clock.now())

    with pytest.raises(ListingChanged):
        set_price(stock_record_id=record.pk, price_vnd=150_000, expected_version=1, actor=owner, now=clock.now())

    record.refresh_from_db()
    assert record.price == 190_000


@pytest.mark.parametrize("price_vnd", [0, -1, HIGHEST_PRICE_VND + 1])
def test_a_price_out_of_range_is_refused(price_vnd):
    listing = make_listing()

    with pytest.raises(PriceOutOfRange):
        set_price(
            stock_record_id=listing.stock_records.get().pk,
            price_vnd=price_vnd,
            expected_version=1,
            actor=_owner(listing),
            now=clock.now(),
        )


def test_another_producers_pack_is_not_found():
    listing = make_listing()
    stranger = actor_of(user=make_member(make_producer()))

    with pytest.raises(StockRecord.DoesNotExist):
        set_price(
            stock_record_id=listing.stock_records.get().pk, price_vnd=1_000, expected_version=1, actor=stranger, now=clock.now()
        )


def test_a_placed_order_keeps_its_price():
    listing = make_listing(price_vnd=185_000)
    line = make_order((listing, 2)).lines.get()

    set_price(
        stock_record_id=listing.stock_records.get().pk,
        price_vnd=999_000,
        expected_version=1,
        actor=_owner(listing),
        now=clock.now(),
    )

    line.refresh_from_db()
    assert line.line_price_incl_tax == 370_000

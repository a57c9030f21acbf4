import pytest

from shop.common import clock
from shop.domain.ordering.cancelling import TooLateToCancel, cancel_order, cancel_parcel, is_cancellable
from shop.domain.ordering.fulfilling import confirm_parcel, decline_parcel, pack_parcel
from shop.domain.people.actor import NOBODY, SYSTEM
from shop.domain.stock.models import StockMovement
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_order, make_producer

pytestmark = pytest.mark.django_db


def cancel(parcel):
    return cancel_parcel(parcel_id=parcel.pk, reason="Đặt nhầm", actor=NOBODY, now=clock.now())


def two_parcels():
    tea = make_listing("Chè", stock=10)
    honey = make_listing("Mật ong", stock=10, producer=make_producer("HTX Ong"))
    return make_order((tea, 2), (honey, 1))


def test_cancel_parcel_twice_releases_once():
    order = two_parcels()
    parcel = order.parcels.order_by("pk").first()

    cancel(parcel)
    cancel(parcel)

    assert StockMovement.objects.filter(kind=StockMovement.Kind.RELEASED).count() == 1
    assert Order.objects.get(pk=order.pk).status == Order.Status.CONFIRMED


def test_cancel_parcel_is_free_until_packed():
    order = two_parcels()
    confirmed, packed = order.parcels.order_by("pk")
    for parcel in (confirmed, packed):
        confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())
    packed = pack_parcel(parcel_id=packed.pk, actor=SYSTEM, now=clock.now())

    assert cancel(confirmed).status == "cancelled"
    assert is_cancellable(parcel=packed) is False
    with pytest.raises(TooLateToCancel):
        cancel(packed)


def test_cancel_order_calls_every_parcel_off():
    order = two_parcels()
    decline_parcel(parcel_id=order.parcels.last().pk, reason="Hết hàng", actor=SYSTEM, now=clock.now())

    cancelled = cancel_order(order_id=order.pk, reason="Đổi ý", actor=NOBODY, now=clock.now())

    assert cancelled.status == Order.Status.CANCELLED
    assert sorted(order.parcels.values_list("status", flat=True)) == ["cancelled", "declined"]


def test_cancel_order_with_a_packed_parcel_cancels_nothing():
    order = two_parcels()
    packed = order.parcels.order_by("pk").last()
    confirm_parcel(parcel_id=packed.pk, actor=SYSTEM, now=clock.now())
    pack_parcel(parcel_id=packed.pk, actor=SYSTEM, now=clock.now())

    with pytest.raises(TooLateToCancel):
        cancel_order(order_id=order.pk, reason="", actor=NOBODY, now=clock.now())

    assert order.parcels.filter(status="cancelled").count() == 0

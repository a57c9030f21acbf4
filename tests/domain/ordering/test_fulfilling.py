import pytest

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.fulfilling import confirm_parcel, decline_parcel, deliver_parcel, pack_parcel, ship_parcel
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_order, make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè", stock=10)


@pytest.fixture
def honey():
    return make_listing("Mật ong", stock=10, producer=make_producer("HTX Ong"))


def confirm(parcel):
    return confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())


def ship(parcel):
    return ship_parcel(parcel_id=parcel.pk, carrier="GHN", tracking_number="LK99AQ", actor=SYSTEM, now=clock.now())


def deliver(parcel):
    return deliver_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())


def decline(parcel):
    return decline_parcel(parcel_id=parcel.pk, reason="Hết hàng", actor=SYSTEM, now=clock.now())


def status_of(order):
    return Order.objects.get(pk=order.pk).status


def test_an_order_follows_its_parcel_to_the_end(tea):
    order = make_order((tea, 2))
    parcel = order.parcels.get()

    statuses = []
    for act in (confirm, ship, deliver):
        act(parcel)
        statuses.append(status_of(order))

    payment, record = order.payments.get(), tea.stock_records.get()
    assert statuses == ["in_fulfilment", "in_fulfilment", "completed"]
    assert (payment.status, payment.captured_vnd) == (Payment.Status.SUCCEEDED, payment.amount_vnd)
    assert (record.num_in_stock, record.num_allocated) == (8, 0)


def test_each_step_tells_the_buyer_once(tea):
    parcel = make_order((tea, 1)).parcels.get()

    for act in (confirm, confirm, ship, ship, deliver, deliver):
        act(parcel)

    kinds = OutboxMessage.objects.filter(kind__startswith="parcel_").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["parcel_confirmed", "parcel_shipped", "parcel_delivered"]


def test_decline_gives_stock_and_money_back(tea, honey):
    order = make_order((tea, 1), (honey, 1))
    tea_parcel, honey_parcel = order.parcels.order_by("pk")

    decline(tea_parcel)
    decline(tea_parcel)

    payment = order.payments.get()
    assert tea.stock_records.get().num_allocated == 0
    assert (payment.status, payment.amount_vnd) == (Payment.Status.CREATED, honey_parcel.total_vnd)
    assert status_of(order) == Order.Status.CONFIRMED


def test_declining_every_parcel_cancels_the_order(tea, honey):
    order = make_order((tea, 1), (honey, 1))

    for parcel in order.parcels.all():
        decline(parcel)

    assert status_of(order) == Order.Status.CANCELLED
    assert order.payments.get().status == Payment.Status.CANCELLED


def test_a_parcel_delivered_beside_a_declined_one_completes_the_order(tea, honey):
    order = make_order((tea, 1), (honey, 1))
    tea_parcel, honey_parcel = order.parcels.order_by("pk")

    decline(tea_parcel)
    for act in (confirm, ship, deliver):
        act(honey_parcel)

    assert status_of(order) == Order.Status.COMPLETED
    assert order.payments.get().captured_vnd == honey_parcel.total_vnd


def test_pack_says_when(tea):
    parcel = make_order((tea, 1)).parcels.get()
    confirm(parcel)

    pack_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())

    assert Parcel.objects.get(pk=parcel.pk).packed_at is not None

import pytest

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering import fulfilling, messages
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.models import ProducerProfile
from tests.factories import make_listing, make_order, make_producer, make_user


@pytest.fixture
def two_houses(db):
    """A tea house that reads Vietnamese and a honey farm that reads English."""
    return make_producer("HTX Chè Tân Cương", email="tea@example.vn"), make_producer(
        "Trại ong", email="honey@example.vn", language="en"
    )


def rows(*fields, **wanted):
    return list(OutboxMessage.objects.filter(**wanted).order_by("pk").values_list(*fields))


def order_of_two(two_houses, **changes):
    tea_house, honey_farm = two_houses
    return make_order((make_listing(producer=tea_house), 2), (make_listing(producer=honey_farm), 1), **changes)


def test_tell_order_placed_tells_the_buyer_once_and_each_producer_once(two_houses):
    tea_house, honey_farm = two_houses
    order = order_of_two(two_houses, language="en")
    tea_parcel, honey_parcel = order.parcels.order_by("pk")

    assert rows("kind", "recipient", "language", "payload", "order_id") == [
        ("order_placed", "chau@example.vn", "en", {"order_id": order.pk}, order.pk),
        ("order_placed_producer", "tea@example.vn", "vi", {"parcel_id": tea_parcel.pk}, order.pk),
        ("order_placed_producer", "honey@example.vn", "en", {"parcel_id": honey_parcel.pk}, order.pk),
    ]
    assert rows("key") == [
        (f"order:{order.pk}:placed:buyer:email",),
        (f"order:{order.pk}:placed:producer:{tea_house.pk}:email",),
        (f"order:{order.pk}:placed:producer:{honey_farm.pk}:email",),
    ]


def test_tell_order_placed_again_tells_nobody(two_houses):
    order = order_of_two(two_houses)

    messages.tell_order_placed(order=order, now=clock.now())

    assert OutboxMessage.objects.count() == 3


def test_a_buyer_without_an_address_gets_an_sms_and_one_with_an_account_a_mail(db):
    make_order((make_listing(), 1), buyer_email="")
    make_order((make_listing(), 1), buyer_email="", owner=make_user("lan@example.vn"))

    assert rows("channel", "recipient", kind="order_placed") == [("sms", "+84912345678"), ("email", "lan@example.vn")]


def test_a_producer_nobody_can_reach_stops_no_order(db):
    silent = make_producer()
    ProducerProfile.objects.filter(pk=silent.pk).update(email="", phone="")

    make_order((make_listing(producer=silent), 1))

    assert rows("kind") == [("order_placed",)]


def test_each_step_of_a_parcel_is_told_to_the_buyer_once(db):
    parcel = make_order((make_listing(), 1)).parcels.get()
    who_and_when = {"actor": SYSTEM, "now": clock.now()}
    for _ in range(2):
        fulfilling.confirm_parcel(parcel_id=parcel.pk, **who_and_when)
    fulfilling.pack_parcel(parcel_id=parcel.pk, **who_and_when)
    fulfilling.ship_parcel(parcel_id=parcel.pk, carrier="Viettel Post", tracking_number="VTP1", **who_and_when)
    fulfilling.deliver_parcel(parcel_id=parcel.pk, **who_and_when)

    assert rows("kind", "recipient", payload={"parcel_id": parcel.pk}, kind__startswith="parcel") == [
        ("parcel_confirmed", "chau@example.vn"),
        ("parcel_shipped", "chau@example.vn"),
        ("parcel_delivered", "chau@example.vn"),
    ]


def test_a_declined_parcel_is_told_to_the_buyer_only(two_houses):
    tea_parcel = order_of_two(two_houses).parcels.order_by("pk")[0]

    fulfilling.decline_parcel(parcel_id=tea_parcel.pk, reason="Hết chè", actor=SYSTEM, now=clock.now())

    assert rows("kind", "recipient", kind__startswith="parcel") == [("parcel_declined", "chau@example.vn")]


def test_a_cancelled_parcel_is_told_to_the_buyer_and_to_its_own_producer(two_houses):
    tea_parcel = order_of_two(two_houses).parcels.order_by("pk")[0]

    cancel_parcel(parcel_id=tea_parcel.pk, reason="Đặt nhầm", actor=SYSTEM, now=clock.now())

    assert rows("kind", "recipient", kind__startswith="parcel") == [
        ("parcel_cancelled", "chau@example.vn"),
        ("parcel_cancelled_producer", "tea@example.vn"),
    ]

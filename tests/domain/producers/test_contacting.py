from shop.domain.producers.contacting import Contact, contact_of
from shop.domain.producers.models import Membership, ProducerProfile
from tests.factories import make_member, make_producer, make_user


def make_silent_producer():
    """A producer without an e-mail or phone of its own."""
    producer = make_producer()
    ProducerProfile.objects.filter(pk=producer.pk).update(email="", phone="")
    producer.profile.refresh_from_db()
    return producer


def test_contact_of_is_the_producers_own_address(db):
    tea_house = make_producer(email="che@example.vn", phone="+84912000111", language="en")
    make_member(tea_house)

    assert contact_of(producer=tea_house) == Contact(email="che@example.vn", phone="+84912000111", language="en")


def test_contact_of_a_silent_producer_is_its_owner_before_its_staff(db):
    tea_house = make_silent_producer()
    make_member(tea_house, role=Membership.Role.ORDERS, user=make_user("packer@example.vn"))
    make_member(tea_house, role=Membership.Role.OWNER, user=make_user("owner@example.vn", language="en"))

    assert contact_of(producer=tea_house) == Contact(email="owner@example.vn", phone="", language="en")


def test_contact_of_skips_closed_accounts_and_finds_nobody_in_an_empty_house(db):
    tea_house = make_silent_producer()
    make_member(tea_house, user=make_user("gone@example.vn", is_active=False))

    assert contact_of(producer=tea_house) is None


def test_contact_of_knows_people_with_a_phone_only(db):
    tea_house = make_silent_producer()
    make_member(tea_house, user=make_user(phone="+84912000222"))

    assert contact_of(producer=tea_house) == Contact(email="", phone="+84912000222", language="vi")

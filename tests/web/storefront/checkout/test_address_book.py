"""The address book on the order form."""

import pytest

from shop.domain.people.address_book import AddressEntry, addresses_of, write_address
from shop.oscar_forks.order.models import ShippingAddress
from tests.components.showing import show
from tests.factories import make_listing, make_user
from tests.factories.logins import log_in

from .pages import add, fields_of, order

pytestmark = pytest.mark.django_db


def _address(person, street, commune_code="00160"):
    entry = AddressEntry(name="Cô Ba", phone="+84987654321", commune_code=commune_code, street=street, note="Gọi trước")
    return write_address(user_id=person.pk, entry=entry)


@pytest.fixture
def person(client):
    person = make_user()
    log_in(client, person)
    add(client, make_listing())
    return person


def test_the_form_begins_with_the_default_address(client, person):
    _address(person, "Số 1")
    _address(person, "Số 2")

    first = fields_of(client.get("/thanh-toan/"))

    assert (first["name"], first["street"], first["commune"], first["phone"]) == ("Cô Ba", "Số 1", "00160", "0987 654 321")


def test_another_address_of_the_book_fills_the_form_in(client, person):
    _address(person, "Số 1")
    other = _address(person, "Số 2", commune_code="31078")
    first = fields_of(client.get("/thanh-toan/"))

    chosen = fields_of(client.post("/thanh-toan/", first | {"address": other.pk, "action": "address"}))

    assert (chosen["street"], chosen["commune"], chosen["province"], chosen["note"]) == ("Số 2", "31078", "91", "Gọi trước")
    assert chosen["address"] == str(other.pk)


@pytest.mark.parametrize("who", ["another", "nobody", "guest"])
def test_another_persons_address_is_not_there(client, person, who):
    others = _address(make_user(), "Ngõ Bí Mật 7")
    if who == "guest":
        client.logout()
        add(client, make_listing())
    sent = fields_of(client.get("/thanh-toan/")) | {"address": "abc" if who == "nobody" else others.pk, "action": "address"}

    response = client.post("/thanh-toan/", sent)

    assert response.status_code == 404
    assert "Ngõ Bí Mật 7" not in response.content.decode()


def test_an_address_is_saved_only_when_the_box_is_ticked(client, person):
    offered = client.get("/thanh-toan/").content.decode()
    order(client)
    unticked = addresses_of(user_id=person.pk).count()
    add(client, make_listing())

    order(client, save_address="on")

    assert 'name="save_address"' in offered
    assert 'name="save_address" checked' not in offered
    assert unticked == 0
    assert addresses_of(user_id=person.pk).get().line1 == ShippingAddress.objects.latest("pk").line1


def test_a_guest_is_offered_no_book(client):
    add(client, make_listing())

    page = client.get("/thanh-toan/").content.decode()
    response = order(client, save_address="on")

    assert ("save_address" in page, "Lấy từ sổ địa chỉ" in page) == (False, False)
    assert response.status_code == 303


def test_the_form_with_a_book_is_accessible(client, person, phone_page, assert_accessible):
    _address(person, "đường rất dài " * 15)

    assert_accessible(show(phone_page, client.get("/thanh-toan/").content.decode()))

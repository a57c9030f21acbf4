"""The address book on its pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.domain.people.address_book import AddressEntry, addresses_of, write_address
from tests.components.showing import show
from tests.factories import make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

BOOK = "/tai-khoan/dia-chi/"
TYPED = {
    "name": "Lê Minh Châu",
    "phone": "0912 345 678",
    "province": "01",
    "commune": "00166",
    "street": "Số 12 ngõ 165",
    "note": "Gọi trước",
    "action": "save",
}


def _address(person, street="Số 12 ngõ 165"):
    entry = AddressEntry(name="Lê Châu", phone="+84912345678", commune_code="00166", street=street)
    return write_address(user_id=person.pk, entry=entry)


@pytest.fixture
def person(client):
    person = make_user()
    log_in(client, person)
    return person


def test_an_address_is_added(client, person):
    response = client.post(f"{BOOK}them/", TYPED)

    address = addresses_of(user_id=person.pk).get()
    assert response.url == BOOK
    assert (address.first_name, address.phone_number.as_e164, address.commune_id) == ("Lê Minh Châu", "+84912345678", "00166")
    assert "Phường Cầu Giấy" in client.get(BOOK).content.decode()


def test_an_address_is_changed(client, person):
    address = _address(person)

    client.post(f"{BOOK}{address.pk}/sua/", TYPED | {"street": "Số 7"})

    address.refresh_from_db()
    assert address.line1 == "Số 7"


def test_an_address_is_deleted_after_one_question(client, person):
    address = _address(person)

    asked = client.get(f"{BOOK}{address.pk}/xoa/").content.decode()
    client.post(f"{BOOK}{address.pk}/xoa/")

    assert address.line1 in asked
    assert not addresses_of(user_id=person.pk)


def test_another_address_becomes_the_default(client, person):
    _address(person, "Số 1")
    second = _address(person, "Số 2")

    client.post(f"{BOOK}{second.pk}/mac-dinh/")

    second.refresh_from_db()
    assert second.is_default_for_shipping


@pytest.mark.parametrize("act", ["sua", "xoa", "mac-dinh"])
def test_another_persons_address_is_not_there(client, person, act):
    others = _address(make_user())

    answers = {client.post(f"{BOOK}{others.pk}/{act}/", TYPED).status_code, client.get(f"{BOOK}{others.pk}/sua/").status_code}

    assert answers == {404}
    assert addresses_of(user_id=others.user_id).get().line1 == "Số 12 ngõ 165"


def test_a_province_brings_its_communes_and_keeps_what_was_typed(client, person):
    page = client.post(f"{BOOK}them/", {**TYPED, "province": "91", "action": "refresh"}).content.decode()

    assert "Đặc khu Phú Quốc" in page
    assert 'value="Lê Minh Châu"' in page


def test_an_old_name_leads_to_the_commune_of_today(client, person):
    old = {"former": "thị trấn Dương Đông, huyện Phú Quốc, Kiên Giang", "province": "", "commune": "", "action": "find"}

    page = client.post(f"{BOOK}them/", TYPED | old).content.decode()

    assert '<option value="31078" selected>' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("phone", "123"),
        ("phone", "+1 202 555 0101"),
        ("province", "999"),
        ("commune", "31078"),
        ("commune", "x"),
        ("street", " "),
    ],
)
def test_a_bad_field_is_named_and_the_rest_stays(client, person, field, value):
    response = client.post(f"{BOOK}them/", TYPED | {field: value})

    html = response.content.decode()
    assert response.status_code == 422
    assert 'class="errs"' in html
    assert "Gọi trước" in html
    assert not addresses_of(user_id=person.pk)


def test_the_same_address_again_is_told(client, person):
    client.post(f"{BOOK}them/", TYPED)

    assert "Địa chỉ này đã có trong sổ." in client.post(f"{BOOK}them/", TYPED).content.decode()


def test_no_text_runs_as_a_script(client, person):
    client.post(f"{BOOK}them/", TYPED | dict.fromkeys(("name", "street", "note"), "<script>alert(1)</script>"))

    assert "<script>alert" not in client.get(BOOK).content.decode()


def test_one_address_costs_as_many_queries_as_three(client, person):
    _address(person, "Số 1")
    client.get(BOOK)

    with CaptureQueriesContext(connection) as of_one:
        client.get(BOOK)
    for number in (2, 3):
        _address(person, f"Số {number}")
    with CaptureQueriesContext(connection) as of_three:
        client.get(BOOK)

    assert len(of_one) == len(of_three)


@pytest.mark.parametrize("page", ["", "them/", "{pk}/sua/", "{pk}/xoa/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_are_accessible(client, person, phone_page, assert_accessible, page, language):
    address = _address(person, "Số 1 " + "đường rất dài " * 14)

    html = client.get(language + BOOK + page.format(pk=address.pk)).content.decode()

    assert_accessible(show(phone_page, html))


def test_the_empty_book_and_the_complaint_are_accessible(client, person, desk_page, assert_accessible):
    assert_accessible(show(desk_page, client.get(BOOK).content.decode()))
    assert_accessible(show(desk_page, client.post(f"{BOOK}them/", {"action": "save"}).content.decode()))

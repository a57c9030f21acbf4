"""Taking one's data along and being forgotten, as it is pressed: only for whoever proves again who they are."""

import json

import pytest

from shop.domain.people.models import User
from shop.domain.personal_data.models import ErasureRequest
from shop.operations.invariants import broken_invariants
from tests.factories import PASSWORD, make_listing, make_order, make_staff, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
EXPORT, ERASE, OVERVIEW = "/tai-khoan/du-lieu/tai/", "/tai-khoan/du-lieu/xoa/", "/tai-khoan/du-lieu/"


@pytest.fixture
def buyer(client):
    buyer = make_user("hoa@example.vn")
    log_in(client, buyer)
    return buyer


def prove(client, page):
    client.post(f"/tai-khoan/xac-nhan-lai/?next={page}", {"password": PASSWORD, "next": page})


@pytest.mark.parametrize("page", [EXPORT, ERASE])
def test_nothing_happens_before_the_password_is_given_again(client, buyer, page):
    response = client.post(page, {"sure": "on"})

    assert response.url.startswith("/tai-khoan/xac-nhan-lai/")
    assert User.objects.get(pk=buyer.pk).email == "hoa@example.vn"


def test_the_file_holds_the_persons_orders_and_no_other(client, buyer):
    own, others = make_order((make_listing(), 1), owner=buyer), make_order((make_listing(), 1), owner=make_user())
    prove(client, EXPORT)

    response = client.post(EXPORT, {"as": "json"})
    readable = client.post(EXPORT, {"as": "html"}).content.decode()

    text = response.content.decode()
    assert "attachment" in response["Content-Disposition"]
    assert (json.loads(text)["account"][0]["email"], own.number in text, others.number in text) == ("hoa@example.vn", True, False)
    assert (own.number in readable, others.number in readable) == (True, False)


def test_an_open_order_lets_it_wait_and_it_can_be_taken_back(client, buyer):
    make_order((make_listing(), 1), owner=buyer)
    prove(client, ERASE)

    unsure, sure = client.post(ERASE), client.post(ERASE, {"sure": "on"})

    assert (unsure.status_code, sure.url, ErasureRequest.objects.get().state) == (422, OVERVIEW, "waiting")
    client.post("/tai-khoan/du-lieu/xoa/rut-lai/")
    assert ErasureRequest.objects.get().state != "waiting"
    assert client.get("/tai-khoan/").status_code == 200


def test_erasing_ends_the_session_and_the_books_stay_right(client, buyer):
    prove(client, ERASE)

    done = client.post(ERASE, {"sure": "on"})

    assert (done.url, client.get("/tai-khoan/").status_code) == ("/tai-khoan/da-xoa/", 302)
    assert not User.objects.filter(email="hoa@example.vn").exists()
    assert broken_invariants() == []


def test_who_works_here_gives_the_role_back_first(client):
    log_in(client, make_staff())
    prove(client, ERASE)

    assert client.get(ERASE).status_code == 409

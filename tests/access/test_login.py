"""One way in for everybody, and no way around the second factor."""

import pytest
from allauth.account.models import EmailAddress
from django.core.signing import Signer
from django.test import Client

from shop.domain.notifications.models import OutboxMessage
from shop.domain.people.models import User
from tests.factories import PASSWORD, make_basket, make_listing, make_staff, make_user
from tests.factories.logins import code_of, give_second_factor

pytestmark = pytest.mark.django_db

LOGIN = "/tai-khoan/dang-nhap/"
EVERY_LOGIN_ADDRESS = (LOGIN, f"/en{LOGIN}", "/dashboard/login/", "/admin/login/", "/accounts/login/", "/admin/", "/dashboard/")


def _log_in(client, login, password=PASSWORD, address=LOGIN):
    credentials = {"login": login, "username": login, "password": password, "login-username": login, "login-password": password}
    return client.post(address, credentials, follow=True)


def _is_inside(client):
    return "_auth_user_id" in client.session


def test_a_person_logs_in_by_email(client):
    make_user("chau@example.vn")

    _log_in(client, "Chau@Example.vn ")

    assert _is_inside(client)


@pytest.mark.parametrize("written", ["+84912345678", "0912 345 678", "0912345678", "84 912 345 678"])
def test_a_person_logs_in_by_phone_however_it_is_written(client, written):
    make_user(phone="+84912345678", phone_verified=True)

    _log_in(client, written)

    assert _is_inside(client)


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(client):
    make_user("chau@example.vn")

    wrong = _log_in(client, "chau@example.vn", "Sai-Mat-Khau-1")
    unknown = _log_in(client, "khong-ai@example.vn", "Sai-Mat-Khau-1")

    assert not _is_inside(client)
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_the_session_changes_its_key_at_login(client):
    make_user("chau@example.vn")
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    key_before = client.session.session_key

    _log_in(client, "chau@example.vn")

    assert client.session.session_key != key_before


@pytest.mark.parametrize("address", EVERY_LOGIN_ADDRESS)
def test_a_second_factor_is_never_skipped(client, address):
    staff = make_staff(email="nhan-vien@example.vn")
    give_second_factor(staff)

    _log_in(client, "nhan-vien@example.vn", address=address)

    assert not _is_inside(client)


def test_password_and_code_together_open_the_door(client):
    staff = make_staff(email="nhan-vien@example.vn")
    secret = give_second_factor(staff)

    asked = _log_in(client, "nhan-vien@example.vn")
    client.post(asked.request["PATH_INFO"], {"code": code_of(secret)})

    assert asked.request["PATH_INFO"] == "/tai-khoan/hai-lop/ma/"
    assert _is_inside(client)
    assert client.get("/dashboard/").status_code == 200


def test_five_wrong_passwords_from_one_address_lock_this_login_there(client):
    make_user("chau@example.vn")
    for _ in range(5):
        _log_in(client, "chau@example.vn", "Sai-Mat-Khau-1")

    locked_out = _log_in(client, "chau@example.vn")

    assert locked_out.status_code == 429
    assert not _is_inside(client)


def test_a_locked_login_leaves_its_neighbours_alone(client):
    make_user("chau@example.vn")
    make_user("dung@example.vn")
    for _ in range(5):
        _log_in(client, "chau@example.vn", "Sai-Mat-Khau-1")

    _log_in(client, "dung@example.vn")

    assert _is_inside(client)


def test_guesses_from_many_addresses_are_counted_per_account(client):
    make_user("chau@example.vn")
    for number in range(20):
        client.post(LOGIN, {"login": "chau@example.vn", "password": "Sai-1"}, REMOTE_ADDR=f"10.0.0.{number}")

    client.post(LOGIN, {"login": "chau@example.vn", "password": PASSWORD}, REMOTE_ADDR="10.0.1.1")

    assert not _is_inside(client)


def test_guesses_at_one_phone_leave_the_other_phones_alone(client):
    make_user(phone="+84912345678", phone_verified=True)
    make_user(phone="+84987654321", phone_verified=True)
    for number in range(20):
        client.post(LOGIN, {"login": "0912 345 678", "password": "Sai-1"}, REMOTE_ADDR=f"10.0.0.{number}")

    client.post(LOGIN, {"login": "0912345678", "password": PASSWORD}, REMOTE_ADDR="10.0.1.1")
    was_locked = not _is_inside(client)
    client.post(LOGIN, {"login": "0987654321", "password": PASSWORD}, REMOTE_ADDR="10.0.1.1")

    assert was_locked
    assert _is_inside(client)


def test_a_reset_page_is_kept_by_nobody(client):
    for address in ("/tai-khoan/mat-khau/dat-lai/", "/tai-khoan/mat-khau/dat-lai/1-sai/", LOGIN):
        assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/"])
def test_login_leads_to_our_own_pages_only(client, target):
    make_user("chau@example.vn")

    response = client.post(f"{LOGIN}?next={target}", {"login": "chau@example.vn", "password": PASSWORD, "next": target})

    assert (response.status_code, response.url) == (302, "/tai-khoan/")


def test_a_visitors_basket_comes_along_at_login(client):
    listing = make_listing()
    make_user("chau@example.vn")
    basket = make_basket((listing, 2))
    client.cookies["oscar_open_basket"] = Signer().sign(basket.pk)

    _log_in(client, "chau@example.vn")
    client.get("/gio-hang/")

    owner = User.objects.get(email="chau@example.vn")
    assert [line.quantity for line in owner.baskets.get(status="Open").all_lines()] == [2]


def test_sign_up_answers_the_same_for_a_known_address():
    make_user("chau@example.vn")
    EmailAddress.objects.create(user=User.objects.get(), email="chau@example.vn", verified=True, primary=True)

    known = Client().post("/tai-khoan/dang-ky/", {"login": "chau@example.vn", "password1": "Tra-Moi-2026"})
    unknown = Client().post("/tai-khoan/dang-ky/", {"login": "moi@example.vn", "password1": "Tra-Moi-2026"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    kinds = dict(OutboxMessage.objects.values_list("recipient", "kind"))
    assert kinds == {"chau@example.vn": "account_exists", "moi@example.vn": "account_code"}


def test_sign_up_is_finished_by_the_code(client):
    client.post("/tai-khoan/dang-ky/", {"login": "moi@example.vn", "password1": "Tra-Moi-2026"})
    code = OutboxMessage.objects.get().payload["code"]

    client.post("/tai-khoan/xac-nhan-email/", {"code": code})

    assert _is_inside(client)


def test_a_reset_link_is_told_to_the_mailbox_only(client):
    make_user("chau@example.vn")

    known = client.post("/tai-khoan/mat-khau/dat-lai/", {"login": "chau@example.vn"})
    unknown = client.post("/tai-khoan/mat-khau/dat-lai/", {"login": "khong-ai@example.vn"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert dict(OutboxMessage.objects.values_list("recipient", "kind")) == {
        "chau@example.vn": "account_password_reset",
        "khong-ai@example.vn": "account_unknown",
    }
    assert OutboxMessage.objects.get(kind="account_password_reset").payload == {
        "user_id": User.objects.get(email="chau@example.vn").pk
    }

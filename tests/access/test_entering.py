"""Signing up and logging in by mailbox or phone, with a code or a password."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from shop.domain.notifications.models import OutboxMessage
from shop.domain.people.models import User
from tests.factories import PASSWORD, make_user
from tests.factories.logins import code_of, give_second_factor

from .entering import CODE, LOGIN, SIGNUP, is_inside, last_code, log_in_by_code, log_in_by_password, make_known

pytestmark = pytest.mark.django_db

PHONE = "+84912345678"
SPELLINGS = ["0912345678", "0912 345 678", "+84 912 345 678", "84912345678", "0912.345.678", "(0912) 345-678"]


def test_signing_up_by_phone_is_finished_by_the_code(client):
    client.post(SIGNUP, {"login": "0912 345 678", "password1": "Tra-Moi-2026"})
    client.post("/tai-khoan/dien-thoai/ma/", {"code": last_code(PHONE)})

    person = User.objects.get()
    assert is_inside(client)
    assert (person.phone, person.phone_verified, person.email) == (PHONE, True, None)


@pytest.mark.parametrize("login", ["moi@example.vn", PHONE])
def test_a_password_is_optional(client, login):
    asked = client.post(SIGNUP, {"login": login})
    client.post(asked.url, {"code": last_code(login)})

    assert is_inside(client)
    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize("written", SPELLINGS)
def test_one_phone_makes_one_account_however_it_is_written(client, written):
    make_user(phone=PHONE, phone_verified=True)

    client.post(SIGNUP, {"login": written})

    assert User.objects.count() == 1
    assert OutboxMessage.objects.get().kind == "account_exists"


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_code_by_sms_lets_a_person_in_however_the_phone_is_written(client, written):
    make_user(phone=PHONE, phone_verified=True)

    log_in_by_code(client, written, PHONE)

    assert is_inside(client)
    assert OutboxMessage.objects.get().channel == "sms"


def test_a_code_by_mail_lets_a_person_in(client):
    make_known("chau@example.vn")

    log_in_by_code(client, "Chau@Example.vn", "chau@example.vn")

    assert is_inside(client)


def test_the_buttons_of_the_log_in_page_share_what_was_typed(client):
    make_known("chau@example.vn")

    page = client.get(LOGIN).content.decode()
    asked = client.post(CODE, {"login": "chau@example.vn", "password": ""})

    assert f'formaction="{CODE}"' in page
    assert asked.url == "/tai-khoan/ma-dang-nhap/nhap/"


def test_a_wrong_code_lets_nobody_in_and_the_third_ends_the_asking(client):
    make_known("chau@example.vn")
    asked = client.post(CODE, {"login": "chau@example.vn"})
    code = last_code("chau@example.vn")

    for _ in range(3):
        client.post(asked.url, {"code": "0000-0000"})
    client.post(asked.url, {"code": code})

    assert not is_inside(client)


def test_a_code_of_one_visitor_is_no_use_to_another(client):
    make_known("chau@example.vn")
    client.post(CODE, {"login": "chau@example.vn"})
    code = last_code("chau@example.vn")
    stranger = Client()
    asked = stranger.post(CODE, {"login": "chau@example.vn"})

    stranger.post(asked.url, {"code": code})

    assert not is_inside(stranger)


def test_an_empty_code_does_not_match_the_code_a_stranger_never_got(client):
    asked = client.post(CODE, {"login": "khong-ai@example.vn"})

    client.post(asked.url, {"code": "-"})

    assert not is_inside(client)


def test_a_code_does_not_skip_the_second_factor(client):
    person = make_known("chau@example.vn")
    secret = give_second_factor(person)

    answer = log_in_by_code(client, "chau@example.vn")
    was_inside = is_inside(client)
    client.post(answer.url, {"code": code_of(secret)})

    assert answer.url == "/tai-khoan/hai-lop/ma/"
    assert (was_inside, is_inside(client)) == (False, True)


def test_a_visitor_may_take_another_address_after_all(client):
    client.post(CODE, {"login": "nham@example.vn"})
    trapped = client.get(LOGIN)

    client.post("/tai-khoan/dang-xuat/", {"next": LOGIN})

    assert trapped.status_code == 302
    assert client.get(LOGIN).status_code == 200


@pytest.mark.parametrize("login", ["chau@example.vn", PHONE])
def test_a_password_of_an_unfinished_sign_up_is_nobodys(client, login):
    """Somebody signs up with a stranger's contact and waits for the stranger to prove it."""
    Client().post(SIGNUP, {"login": login, "password1": "Cua-Ke-La-2026"})

    log_in_by_code(client, login)
    intruder = Client()
    log_in_by_password(intruder, login, "Cua-Ke-La-2026")

    assert is_inside(client)
    assert not is_inside(intruder)


def test_a_password_the_shop_gave_stays_after_a_log_in_by_code(client):
    make_user("chau@example.vn", phone=PHONE)
    log_in_by_code(client, PHONE)

    other_device = Client()
    log_in_by_password(other_device, "chau@example.vn", PASSWORD)

    assert is_inside(other_device)


def test_an_unproved_phone_beside_an_email_asks_for_nothing(client):
    make_known("chau@example.vn", phone=PHONE)

    log_in_by_password(client, "chau@example.vn")

    assert is_inside(client)


@pytest.mark.parametrize(
    "login", ["", "khong-phai", "12345", "+1 202 555 0101", "024 3825 3456", "a@b", "<script>alert(1)</script>"]
)
@pytest.mark.parametrize("page", [SIGNUP, CODE, "/tai-khoan/mat-khau/dat-lai/"])
def test_what_no_code_can_reach_is_refused_in_words(client, page, login):
    response = client.post(page, {"login": login})

    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="errs"' in html
    assert "<script>alert" not in html
    assert not OutboxMessage.objects.exists()


def test_a_strange_email_in_other_letters_is_the_same_person(client):
    make_known("chau@example.vn")

    client.post(SIGNUP, {"login": "CHAU@EXAMPLE.VN"})

    assert User.objects.count() == 1


def test_codes_are_told_in_the_language_of_the_page(client):
    make_known("chau@example.vn")

    client.post(f"/en{CODE}", {"login": "chau@example.vn"})

    assert OutboxMessage.objects.get().language == "en"


def test_a_person_signed_up_by_phone_adds_an_email_later(client):
    make_user(phone=PHONE, phone_verified=True)
    log_in_by_code(client, PHONE)
    client.post("/tai-khoan/xac-nhan-lai/?next=/tai-khoan/email/", {"password": PASSWORD, "next": "/tai-khoan/email/"})

    client.post("/tai-khoan/email/", {"email": "chau@example.vn", "action_add": "1"})
    client.post("/tai-khoan/xac-nhan-email/", {"code": last_code("chau@example.vn")})

    person = User.objects.get()
    assert person.email == "chau@example.vn"
    assert EmailAddress.objects.get(user=person).verified

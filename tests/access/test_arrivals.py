"""What comes with a log-in: guests' orders of proved contacts, the basket, a new session; and what ends with it."""

import pytest
from django.contrib.sessions.models import Session
from django.core.signing import Signer
from django.test import Client

from shop.domain.people.models import Device
from tests.factories import PASSWORD, make_basket, make_listing, make_order, make_user

from .entering import LOGIN, SIGNUP, last_code, log_in_by_code, log_in_by_password, make_known

pytestmark = pytest.mark.django_db

EMAIL, PHONE = "chau@example.vn", "+84912345678"


def _guests_order(**contact):
    return make_order((make_listing(), 1), **contact)


def _owner(order):
    order.refresh_from_db()
    return order.user


def test_a_guests_order_waits_until_the_mailbox_is_proved(client):
    order = _guests_order(buyer_email="Chau@Example.VN", buyer_phone="+84987654321")

    client.post(SIGNUP, {"login": EMAIL})
    owner_before = _owner(order)
    client.post("/tai-khoan/xac-nhan-email/", {"code": last_code(EMAIL)})

    assert owner_before is None
    assert _owner(order).email == EMAIL
    assert order.number in client.get("/tai-khoan/").content.decode()


def test_a_guests_order_comes_with_a_proved_phone(client):
    order = _guests_order(buyer_email="khac@example.vn")
    asked = client.post(SIGNUP, {"login": PHONE})
    owner_before = _owner(order)

    client.post(asked.url, {"code": last_code(PHONE)})

    assert owner_before is None
    assert _owner(order).phone == PHONE


def test_a_phone_the_person_has_not_proved_brings_nothing(client):
    order = _guests_order(buyer_email="khac@example.vn")
    make_known(EMAIL, phone=PHONE, phone_verified=False)

    log_in_by_password(client, EMAIL)

    assert _owner(order) is None


def test_another_persons_order_stays_theirs(client):
    other = make_user("khac@example.vn")
    order = make_order((make_listing(), 1), owner=other, buyer_email=EMAIL)
    make_known(EMAIL)

    log_in_by_code(client, EMAIL)

    assert _owner(order) == other


def test_a_changed_email_brings_its_orders_once_it_is_proved(client):
    order = _guests_order(buyer_email="moi@example.vn", buyer_phone="+84987654321")
    person = make_known(EMAIL)
    log_in_by_password(client, EMAIL)
    client.post("/tai-khoan/xac-nhan-lai/?next=/tai-khoan/email/", {"password": PASSWORD, "next": "/tai-khoan/email/"})

    client.post("/tai-khoan/email/", {"email": "moi@example.vn", "action_add": "1"})
    client.post("/tai-khoan/xac-nhan-email/", {"code": last_code("moi@example.vn")})

    assert _owner(order) == person


@pytest.mark.parametrize("way", [log_in_by_password, log_in_by_code])
def test_the_session_has_another_key_after_the_log_in(client, way):
    make_known(EMAIL)
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    fixed = session.session_key

    way(client, EMAIL)

    assert client.session.session_key != fixed
    assert not Session.objects.filter(session_key=fixed).exists()


def test_logging_out_ends_the_session_on_the_server(client):
    make_known(EMAIL)
    log_in_by_password(client, EMAIL)
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value

    client.post("/tai-khoan/dang-xuat/")

    assert stolen.get("/tai-khoan/").status_code == 302
    assert not Device.objects.exists()


@pytest.mark.parametrize(
    "page", [LOGIN, SIGNUP, "/tai-khoan/ma-dang-nhap/", "/tai-khoan/khoa-truy-cap/vao/", "/tai-khoan/dang-xuat/"]
)
def test_another_site_logs_nobody_in_or_out(page):
    """Login CSRF: a form elsewhere would put a visitor into the attacker's account."""
    make_known(EMAIL)
    client = Client(enforce_csrf_checks=True)

    response = client.post(page, {"login": EMAIL, "password": PASSWORD}, headers={"origin": "https://evil.example"})

    assert response.status_code == 403
    assert "_auth_user_id" not in client.session


def test_what_a_guest_chose_comes_along_and_is_said_in_our_words(client):
    make_known(EMAIL)
    basket = make_basket((make_listing(), 2))
    client.cookies["oscar_open_basket"] = Signer().sign(basket.pk)
    log_in_by_password(client, EMAIL)

    page = client.get("/gio-hang/").content.decode()

    assert "We have merged" not in page
    assert "Giỏ của bạn có thêm 2 sản phẩm đã chọn trước khi đăng nhập." in page


def test_a_strangers_basket_cookie_brings_neither_basket_nor_address(client):
    victim = make_known("nan-nhan@example.vn")
    basket = make_basket((make_listing(), 2), owner=victim)
    make_order((make_listing(), 1), owner=victim, street="Ngõ Bí Mật 7")
    make_known(EMAIL)
    client.cookies["oscar_open_basket"] = Signer().sign(basket.pk)

    log_in_by_password(client, EMAIL)

    assert "Giỏ hàng đang trống" in client.get("/gio-hang/").content.decode()
    assert "Ngõ Bí Mật 7" not in client.get("/thanh-toan/", follow=True).content.decode()


def test_a_buttons_address_opened_by_hand_says_so_in_words(client):
    make_known(EMAIL)
    log_in_by_password(client, EMAIL)

    for_people = client.get("/tai-khoan/thiet-bi/khac/ket-thuc/", headers={"accept": "text/html"})
    for_machines = client.get("/tai-khoan/thiet-bi/khac/ket-thuc/")

    assert (for_people.status_code, for_people["Allow"], for_machines.content) == (405, "POST", b"")
    assert "Đây là địa chỉ của một nút bấm" in for_people.content.decode()

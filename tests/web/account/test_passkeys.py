"""Passkeys, with the authenticator that Chromium brings for tests. A name is needed: browsers make none for 127.0.0.1."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from shop.domain.notifications.models import OutboxMessage
from tests.access.entering import make_known
from tests.factories import PASSWORD, make_staff
from tests.factories.logins import give_second_factor, log_in

EMAIL = "chau@example.vn"
SECURITY = "/tai-khoan/hai-lop/"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def shop(live_stack):
    return live_stack().replace("127.0.0.1", "localhost")


def _give_device(page, **changes):
    """Plug a device in; it keeps its keys until the page is closed."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | changes})
    return devtools, made["authenticatorId"]


def _log_in(page, shop, email=EMAIL):
    page.goto(f"{shop}/tai-khoan/dang-nhap/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/tai-khoan/")


def _log_out(page, shop):
    page.context.clear_cookies()
    page.goto(f"{shop}/tai-khoan/dang-nhap/")


def _add(page, shop, name):
    page.goto(f"{shop}/tai-khoan/khoa-truy-cap/them/")
    if "xac-nhan-lai" in page.url:
        page.fill("#id_password", PASSWORD)
        page.get_by_role("button", name="Xác nhận", exact=True).click()
    page.fill("#id_name", name)
    page.get_by_role("button", name="Tạo khoá").click()
    page.wait_for_url(lambda url: "/them/" not in url)


def test_a_key_is_added_named_used_and_removed(shop, phone_page):
    make_known(EMAIL)
    refused = []
    phone_page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    _give_device(phone_page)
    _log_in(phone_page, shop)

    _add(phone_page, shop, "Điện thoại <b>của tôi</b>")
    phone_page.goto(f"{shop}{SECURITY}")
    listed = phone_page.inner_text("main")
    phone_page.get_by_role("link", name="Đổi tên").click()
    phone_page.fill("#id_name", "Máy ở nhà")
    phone_page.get_by_role("button", name="Lưu").click()
    renamed = phone_page.inner_text("main")
    _log_out(phone_page, shop)
    phone_page.goto(f"{shop}/tai-khoan/dang-nhap/?next=/tai-khoan/thiet-bi/")
    phone_page.get_by_role("button", name="Đăng nhập bằng khoá truy cập").click()
    phone_page.wait_for_url(lambda url: url.endswith("/thiet-bi/") and "next" not in url)
    phone_page.goto(f"{shop}{SECURITY}")
    phone_page.get_by_role("link", name="Gỡ Máy ở nhà").click()
    if "xac-nhan-lai" in phone_page.url:
        phone_page.fill("#id_password", PASSWORD)
        phone_page.get_by_role("button", name="Xác nhận", exact=True).click()
    phone_page.get_by_role("button", name="Gỡ khoá").click()
    phone_page.wait_for_url(f"**{SECURITY}")

    assert "Điện thoại <b>của tôi</b>" in listed
    assert "Máy ở nhà" in renamed
    assert "Máy ở nhà" not in phone_page.inner_text("main")
    assert not Authenticator.objects.exists()
    assert refused == []
    told = OutboxMessage.objects.filter(kind="account_changed").values_list("payload__what", flat=True)
    assert {"passkey_on", "passkey_off"} <= set(told)


def test_a_key_is_the_second_factor_of_staff(shop, desk_page):
    staff = make_staff(email=EMAIL)
    _give_device(desk_page)
    _log_in(desk_page, shop)
    _add(desk_page, shop, "Khoá")
    _log_out(desk_page, shop)

    _enter_password(desk_page, shop)
    asked_at = desk_page.url
    desk_page.get_by_role("button", name="Dùng khoá truy cập").click()
    desk_page.wait_for_url("**/tai-khoan/")

    assert asked_at.endswith("/tai-khoan/hai-lop/ma/")
    assert desk_page.goto(f"{shop}/van-phong/").status == 200
    assert Authenticator.objects.filter(user=staff, type=Authenticator.Type.WEBAUTHN).exists()


def _enter_password(page, shop):
    page.goto(f"{shop}/tai-khoan/dang-nhap/")
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/hai-lop/ma/")


def test_a_session_without_the_second_factor_is_led_to_the_key(shop, desk_page):
    """Not to the password: who has a key and no app would go round in circles."""
    staff = make_staff(email=EMAIL)
    _give_device(desk_page)
    _log_in(desk_page, shop)
    _add(desk_page, shop, "Khoá")
    client = log_in(Client(), staff)

    led_to = client.get("/van-phong/").url
    desk_page.context.clear_cookies()
    key = client.cookies["sessionid"].value
    desk_page.context.add_cookies([{"name": "sessionid", "value": key, "url": shop}])
    desk_page.goto(f"{shop}/van-phong/")
    desk_page.get_by_role("button", name="Dùng khoá truy cập").click()
    desk_page.wait_for_url("**/van-phong/")

    assert led_to.startswith("/tai-khoan/khoa-truy-cap/xac-nhan-lai/")
    assert desk_page.locator("h1").count() == 1


def test_a_device_that_did_not_ask_for_finger_or_pin_makes_no_key(shop, desk_page):
    make_known(EMAIL)
    _give_device(desk_page, hasUserVerification=False, isUserVerified=False)
    _log_in(desk_page, shop)
    desk_page.goto(f"{shop}/tai-khoan/khoa-truy-cap/them/")
    desk_page.fill("#id_password", PASSWORD)
    desk_page.get_by_role("button", name="Xác nhận", exact=True).click()

    desk_page.get_by_role("button", name="Tạo khoá").click()

    desk_page.locator("[data-passkey-failed]").wait_for(state="visible")
    assert not Authenticator.objects.exists()


def test_without_scripts_the_page_says_what_to_do(shop, browser):
    make_known(EMAIL)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    _log_in(page, shop)
    page.goto(f"{shop}/tai-khoan/khoa-truy-cap/them/")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Xác nhận", exact=True).click()

    words = page.inner_text("main")
    context.close()
    assert "Khoá truy cập cần JavaScript" in words


MADE_UP = ["", "{}", "[]", "null", '{"id": "x"}', '"x"', "1", '{"response": {"userHandle": "AA"}}', "{{", '{"response": 1}']


@pytest.mark.django_db
@pytest.mark.parametrize("sent", MADE_UP)
def test_a_made_up_key_opens_nothing(client, sent):
    make_known(EMAIL)
    client.get("/tai-khoan/khoa-truy-cap/vao/", headers={"accept": "application/json"})

    response = client.post("/tai-khoan/khoa-truy-cap/vao/", {"credential": sent})

    assert (response.status_code, response.url) == (302, "/tai-khoan/dang-nhap/")
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_another_persons_key_is_not_there(client):
    person, other = make_known(EMAIL), make_known("khac@example.vn")
    give_second_factor(person)
    key = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Của người khác"})
    log_in(client, person, second_factor=True)
    for path in ("ten", "go"):
        address = f"/tai-khoan/khoa-truy-cap/{key.pk}/{path}/"
        client.post(f"/tai-khoan/xac-nhan-lai/?next={address}", {"password": PASSWORD, "next": address})

        assert client.post(address, {"name": "x"}).status_code == 404
        assert client.get(address).status_code == 404

    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("sent", MADE_UP)
def test_a_made_up_key_is_not_added_and_is_no_second_factor(client, sent):
    person = make_known(EMAIL)
    address = "/tai-khoan/khoa-truy-cap/them/"
    log_in(client, person)
    client.post(f"/tai-khoan/xac-nhan-lai/?next={address}", {"password": PASSWORD, "next": address})
    client.get(address)

    assert client.post(address, {"name": "x", "credential": sent}).status_code == 200
    assert client.post("/tai-khoan/khoa-truy-cap/xac-nhan-lai/", {"credential": sent}).status_code in {200, 302}
    assert not Authenticator.objects.exists()

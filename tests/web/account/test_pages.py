"""The account's pages: designed, in both languages, and accessible also when they complain."""

import pytest

from tests.components.showing import show
from tests.factories import PASSWORD, make_listing, make_order, make_staff, make_user
from tests.factories.logins import give_second_factor, log_in

pytestmark = pytest.mark.django_db

OPEN = ("dang-nhap/", "dang-ky/", "mat-khau/dat-lai/", "mat-khau/dat-lai/da-gui/", "mat-khau/dat-lai/1-sai/")
INSIDE = ("", "dang-xuat/", "mat-khau/", "hai-lop/", "hai-lop/bat/", "xac-nhan-lai/")


@pytest.mark.parametrize(("language", "page"), [*(("", page) for page in OPEN), ("/en", OPEN[0])])
def test_a_page_for_everybody_is_accessible(client, phone_page, assert_accessible, page, language):
    assert_accessible(show(phone_page, client.get(f"{language}/tai-khoan/{page}").content.decode()))


@pytest.mark.parametrize("page", OPEN[:2])
def test_a_page_for_everybody_is_accessible_at_a_desk(client, desk_page, assert_accessible, page):
    assert_accessible(show(desk_page, client.get(f"/tai-khoan/{page}").content.decode()))


@pytest.mark.parametrize("page", INSIDE)
def test_a_persons_own_page_is_accessible(client, phone_page, assert_accessible, page):
    log_in(client, make_user())

    html = client.get(f"/tai-khoan/{page}", follow=True).content.decode()

    assert_accessible(show(phone_page, html))


def test_the_page_of_recovery_codes_is_accessible(client, phone_page, assert_accessible):
    person = make_staff()
    give_second_factor(person)
    log_in(client, person, second_factor=True)

    assert_accessible(show(phone_page, client.get("/tai-khoan/hai-lop/").content.decode()))


@pytest.mark.parametrize("page", ["dang-nhap/", "dang-ky/", "mat-khau/dat-lai/"])
def test_a_form_that_complains_says_so_above_and_at_the_field(client, phone_page, assert_accessible, page):
    html = client.post(f"/tai-khoan/{page}", {"login": "x", "email": "khong-phai-email"}).content.decode()

    assert 'class="errs"' in html
    assert_accessible(show(phone_page, html))


@pytest.mark.parametrize("page", ["dang-nhap/", "dang-ky/"])
def test_complaints_are_in_the_pages_language(client, page):
    vietnamese = client.post(f"/tai-khoan/{page}", {}).content.decode()
    english = client.post(f"/en/tai-khoan/{page}", {}).content.decode()

    assert "This field is required" not in vietnamese
    assert "This field is required" in english


def test_a_weak_password_is_refused_in_vietnamese(client):
    html = client.post("/tai-khoan/dang-ky/", {"login": "moi@example.vn", "password1": "12345"}).content.decode()

    complaints = html.split('class="errs"')[1].split("</ul>")[0]
    assert "Mật khẩu quá ngắn: cần ít nhất 8 ký tự." in complaints
    assert "This password" not in complaints


def test_the_front_page_leads_to_the_desks_that_are_open(client):
    log_in(client, make_staff())

    html = client.get("/tai-khoan/").content.decode()

    assert 'href="/dashboard/"' in html
    assert 'href="/ban-hang/"' not in html.split("<main")[1].split("</main>")[0]


def test_the_front_page_lists_the_persons_own_orders(client):
    buyer = make_user()
    own, of_a_guest = make_order((make_listing(), 1), owner=buyer), make_order((make_listing(), 1))
    log_in(client, buyer)

    html = client.get("/tai-khoan/").content.decode()

    assert (f"/don-hang/{own.number}/" in html, of_a_guest.number in html) == (True, False)


def test_the_front_page_says_that_there_are_no_orders(client):
    log_in(client, make_user())

    assert "You have no orders yet" in client.get("/en/tai-khoan/").content.decode()


def test_a_sign_up_leads_to_what_is_kept_and_to_the_rules(client):
    html = client.get("/en/tai-khoan/dang-ky/").content.decode().split("<main")[1].split("</main>")[0]

    assert [f'href="/en/thong-tin/{page}/"' in html for page in ("quyen-rieng-tu", "quy-che")] == [True, True]


def test_the_code_of_the_app_is_a_picture_that_can_be_scanned(client, phone_page):
    log_in(client, make_user())
    page = "/tai-khoan/hai-lop/bat/"
    client.post(f"/tai-khoan/xac-nhan-lai/?next={page}", {"password": PASSWORD, "next": page})

    show(phone_page, client.get(page).content.decode())

    assert phone_page.evaluate("document.querySelector('.totp-qr').naturalWidth") > 0


def test_complaints_name_their_fields(client):
    html = client.post("/en/tai-khoan/dang-ky/", {}).content.decode()

    assert "E-mail or phone number: This field is required." in html.split('class="errs"')[1].split("</ul>")[0]


def test_logging_out_stays_in_the_language(client):
    log_in(client, make_user())

    assert client.post("/en/tai-khoan/dang-xuat/")["Location"] == "/en/"

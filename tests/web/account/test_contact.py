"""Name, language, e-mail and phone."""

import pytest
from allauth.account.models import EmailAddress

from shop.domain.notifications.models import OutboxMessage
from tests.access.entering import last_code, make_known
from tests.components.showing import show
from tests.factories import PASSWORD
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

PAGE = "/tai-khoan/lien-he/"
EMAIL, OLD_PHONE, NEW_PHONE = "chau@example.vn", "+84912345678", "+84987654321"
SAID = {"last_name": "Nguyễn Thị", "first_name": "Hoa", "language": "en"}


@pytest.fixture
def person(client):
    person = make_known(EMAIL, phone=OLD_PHONE, phone_verified=True)
    log_in(client, person)
    return person


def _confirm(client, path):
    client.post(f"/tai-khoan/xac-nhan-lai/?next={path}", {"password": PASSWORD, "next": path})


def _change_phone(client, phone="0987 654 321"):
    _confirm(client, "/tai-khoan/dien-thoai/")
    return client.post("/tai-khoan/dien-thoai/", {"phone": phone})


def test_name_and_language_are_kept(client, person):
    client.post(PAGE, SAID)

    person.refresh_from_db()
    assert (person.get_full_name(), person.get_short_name(), person.language) == ("Nguyễn Thị Hoa", "Hoa", "en")


@pytest.mark.parametrize("bad", [{"language": "fr"}, {"language": ""}, {"first_name": "x" * 256}])
def test_nonsense_is_refused_and_what_was_typed_stays(client, person, bad):
    response = client.post(PAGE, SAID | bad)

    person.refresh_from_db()
    assert (response.status_code, person.first_name) == (422, "Châu")
    assert "Nguyễn Thị" in response.content.decode()


def test_a_name_does_not_run_as_a_script(client, person):
    client.post(PAGE, SAID | {"first_name": "<script>alert(1)</script>"})

    for page in (PAGE, "/tai-khoan/", "/manh/gio-hang/"):
        assert "<script>alert" not in client.get(page).content.decode()


def test_a_new_email_takes_over_by_its_code_and_the_old_one_is_told(client, person):
    _confirm(client, "/tai-khoan/email/")
    client.post("/tai-khoan/email/", {"email": "moi@example.vn", "action_add": "1"})
    person.refresh_from_db()
    before = person.email

    client.post("/tai-khoan/xac-nhan-email/", {"code": last_code("moi@example.vn")})

    person.refresh_from_db()
    assert (before, person.email) == (EMAIL, "moi@example.vn")
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("moi@example.vn", True)]
    told = OutboxMessage.objects.get(kind="account_changed")
    assert (told.recipient, told.payload) == (EMAIL, {"what": "email"})


def test_a_new_phone_takes_over_by_its_code_and_the_old_one_is_told(client, person):
    _change_phone(client)
    person.refresh_from_db()
    before = person.phone

    client.post("/tai-khoan/dien-thoai/ma/", {"code": last_code(NEW_PHONE)})

    person.refresh_from_db()
    assert (before, person.phone, person.phone_verified) == (OLD_PHONE, NEW_PHONE, True)
    told = OutboxMessage.objects.get(kind="account_changed")
    assert (told.recipient, told.channel, told.payload) == (OLD_PHONE, "sms", {"what": "phone"})


def test_a_wrong_code_changes_nothing(client, person):
    _change_phone(client)

    for _ in range(3):
        client.post("/tai-khoan/dien-thoai/ma/", {"code": "0000-0000"})
    client.post("/tai-khoan/dien-thoai/ma/", {"code": last_code(NEW_PHONE)})

    person.refresh_from_db()
    assert person.phone == OLD_PHONE


@pytest.mark.parametrize("page", ["email/", "dien-thoai/"])
def test_a_change_asks_for_the_password_again(client, person, page):
    response = client.post(f"/tai-khoan/{page}", {"email": "moi@example.vn", "phone": "0987654321", "action_add": "1"})

    assert response.url.startswith("/tai-khoan/xac-nhan-lai/")
    assert not OutboxMessage.objects.exists()


def test_the_contact_of_another_person_is_not_taken_over(client, person):
    make_known("khac@example.vn", phone=NEW_PHONE, phone_verified=True)
    _change_phone(client)

    refused = client.post("/tai-khoan/dien-thoai/ma/", {"code": last_code(NEW_PHONE)})

    person.refresh_from_db()
    assert person.phone == OLD_PHONE
    assert "Không dùng được số điện thoại này." in refused.content.decode()


def test_two_presses_within_a_moment_are_told_to_wait(client, person):
    _change_phone(client)

    again = client.post("/tai-khoan/dien-thoai/", {"phone": "0987654321"})

    assert again.status_code == 200
    assert 'class="errs"' in again.content.decode()


@pytest.mark.parametrize("page", ["lien-he/", "email/", "dien-thoai/", "hai-lop/", "khoa-truy-cap/them/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_are_accessible(client, person, phone_page, assert_accessible, page, language):
    _confirm(client, "/tai-khoan/")

    assert_accessible(show(phone_page, client.get(f"{language}/tai-khoan/{page}").content.decode()))


def test_the_page_of_a_code_is_accessible(client, person, desk_page, assert_accessible):
    _change_phone(client)

    assert_accessible(show(desk_page, client.get("/tai-khoan/dien-thoai/ma/").content.decode()))
    assert_accessible(show(desk_page, client.post("/tai-khoan/dien-thoai/ma/", {"code": "0"}).content.decode()))

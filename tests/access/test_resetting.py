"""A forgotten password: a link to the mailbox, a code to the phone, on the shop's own address."""

import re

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message

from .entering import LOGIN, RESET, is_inside, last_code, log_in_by_password, make_known

pytestmark = pytest.mark.django_db

EMAIL, PHONE, NEW = "chau@example.vn", "+84912345678", "Che-Moi-Hai-2026"


def _reset_by_phone(client, phone="0912 345 678", new=NEW):
    asked = client.post(RESET, {"login": phone})
    entered = client.post(asked.url, {"code": last_code(PHONE)})
    return client.post(entered.url, {"password1": new})


def _link():
    text = render_message(OutboxMessage.objects.get(kind="account_password_reset"), today=clock.today())
    return re.search(r"(http://[^/]+)(/\S+)", text.body).groups()


def test_a_code_by_sms_leads_to_a_new_password(client):
    person = make_known(phone=PHONE)

    done = _reset_by_phone(client)

    person.refresh_from_db()
    assert done.url == "/tai-khoan/mat-khau/dat-lai/xong/"
    assert person.check_password(NEW)
    assert person.phone_verified
    assert not is_inside(client)


def test_the_new_password_is_not_asked_for_before_the_code(client):
    make_known(phone=PHONE)
    client.post(RESET, {"login": PHONE})

    response = client.post("/tai-khoan/mat-khau/dat-lai/moi/", {"password1": NEW})

    assert response.url == "/tai-khoan/mat-khau/dat-lai/ma/"


def test_a_stranger_has_no_code_that_fits(client):
    asked = client.post(RESET, {"login": PHONE})

    client.post(asked.url, {"code": ""})

    assert client.post("/tai-khoan/mat-khau/dat-lai/moi/", {"password1": NEW}).url == "/tai-khoan/mat-khau/dat-lai/ma/"
    assert OutboxMessage.objects.get().kind == "account_unknown"


def test_a_closed_account_is_a_strangers(client):
    make_known(phone=PHONE, is_active=False)

    client.post(RESET, {"login": PHONE})

    assert OutboxMessage.objects.get().kind == "account_unknown"


@pytest.mark.parametrize("by", ["link", "code"])
def test_a_reset_ends_every_session_and_opens_a_locked_door(client, by):
    make_known(EMAIL, phone=PHONE, phone_verified=True)
    elsewhere = Client()
    log_in_by_password(elsewhere, EMAIL)
    for _ in range(6):
        log_in_by_password(Client(), EMAIL, "Sai-1")

    if by == "code":
        _reset_by_phone(client)
    else:
        client.post(RESET, {"login": EMAIL})
        form = client.get(_link()[1])
        client.post(form.url, {"password1": NEW})
    log_in_by_password(client, EMAIL, NEW)

    assert elsewhere.get("/tai-khoan/").status_code == 302
    assert is_inside(client)


def test_a_new_password_is_told_by_sms_where_there_is_no_mailbox(client):
    make_known(phone=PHONE)

    _reset_by_phone(client)

    told = OutboxMessage.objects.get(kind="account_changed")
    assert (told.channel, told.recipient, told.payload) == ("sms", PHONE, {"what": "password"})


def test_whoever_did_not_change_it_is_led_to_a_new_password_and_to_the_office(client):
    make_known(EMAIL)
    client.post(RESET, {"login": EMAIL})
    client.post(client.get(_link()[1]).url, {"password1": NEW})

    letter = render_message(OutboxMessage.objects.get(kind="account_changed"), today=clock.today())

    assert ("/tai-khoan/mat-khau/dat-lai/" in letter.body, "/lien-he/" in letter.body) == (True, True)


def test_a_forged_host_is_refused_and_reaches_no_letter(client, settings):
    make_known(EMAIL)

    refused = client.post(RESET, {"login": EMAIL}, headers={"host": "evil.example"})
    forwarded = client.post(
        RESET, {"login": EMAIL}, headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    )

    assert (refused.status_code, forwarded.status_code) == (400, 302)
    assert _link()[0] == settings.BASE_URL
    assert "evil" not in _link()[1]


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "\t//evil.example"]
)
@pytest.mark.parametrize("page", [LOGIN, "/tai-khoan/dang-ky/", "/tai-khoan/ma-dang-nhap/", "/tai-khoan/dang-xuat/", RESET])
def test_no_page_of_the_way_in_leads_away(page, target):
    """Whatever is answered, in whichever step, it leads to a path of ours."""
    make_known(EMAIL)
    client = Client()

    for fields in ({"login": EMAIL, "password": "Tra-Tan-Cuong-2026"}, {"login": "moi@example.vn"}, {"login": "sai"}):
        response = client.post(page, {**fields, "next": target}, query_params={"next": target})
        location = response.get("Location", "/")
        assert re.match(r"/[a-z]*", location)
        assert not location.startswith(("//", "/\\"))

"""The forms of «tell me when it is back», and the settings and links that stop such messages."""

import re

import pytest

from shop.common import clock
from shop.domain.consents.links import make_link
from shop.domain.consents.models import ConsentRecord, Purpose
from shop.domain.consents.recording import is_allowed, person
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.rendering import render_message
from shop.domain.wishes.models import StockNotice
from tests.factories import make_listing, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
SETTINGS = "/tai-khoan/thong-bao/"


@pytest.fixture
def page():
    return f"/bao-co-hang/{make_listing('Chè nõn', stock=0).product_id}/"


def test_a_guest_ticks_the_box_or_is_written_nothing(client, page):
    empty = client.get(page).content.decode()
    refused = client.post(page, {"contact": "khach@example.vn"})

    assert (" checked" in empty, refused.status_code, OutboxMessage.objects.count()) == (False, 422, 0)
    assert 'value="khach@example.vn"' in refused.content.decode()


@pytest.mark.parametrize("contact", ["khach@", "12345", "028 3822 1234", ""])
def test_an_address_that_cannot_be_written_to_is_refused(client, page, contact):
    assert client.post(page, {"contact": contact, "agrees": "on"}).status_code == 422


def test_the_answer_is_the_same_for_an_address_that_waits_already(client, page):
    answers = [client.post(page, {"contact": "khach@example.vn", "agrees": "on"}) for _ in range(2)]

    texts = [re.sub(r'value="[^"]{30,}"', "", answer.content.decode()) for answer in answers]
    assert (texts[0] == texts[1], OutboxMessage.objects.count()) == (True, 1)


def test_opening_the_link_confirms_nothing_and_the_button_does(client, page):
    client.post(page, {"contact": "khach@example.vn", "agrees": "on"})
    letter = render_message(OutboxMessage.objects.get(), today=clock.today())
    link = re.search(r"/bao-co-hang/xac-nhan/\S+", letter.body).group()

    client.get(link)
    opened = StockNotice.objects.get().state
    client.post(link)

    assert (opened, StockNotice.objects.get().state) == ("unconfirmed", "waiting")
    assert client.get(link.replace("xac-nhan/", "xac-nhan/9")).status_code == 404
    assert ConsentRecord.objects.get().channel == "message_link"


def test_a_person_presses_once_and_finds_it_in_the_settings(client, page):
    log_in(client, make_user())

    client.post(page)

    notice = StockNotice.objects.get()
    assert "Chè nõn" in client.get(SETTINGS).content.decode()
    assert client.post(f"{SETTINGS}cho/{notice.pk}/dung/").status_code == 303
    notice.refresh_from_db()
    assert notice.state == "cancelled"


def test_settings_are_empty_until_ticked_and_show_what_was_said(client):
    buyer = make_user()
    log_in(client, buyer)
    before = client.get(SETTINGS).content.decode()

    client.post(SETTINGS, {"news_email": "on"})
    client.post(SETTINGS, {})

    boxes = re.findall(r'<input type="checkbox"[^>]*name="[^"]+"[^>]*>', before)
    assert (len(boxes), [box for box in boxes if "checked" in box]) == (3, [])
    assert list(ConsentRecord.objects.order_by("pk").values_list("purpose", "is_given")) == [
        ("news_email", True),
        ("news_email", False),
    ]
    assert "Bạn rút lại lúc" in client.get(SETTINGS).content.decode()


def test_the_link_of_a_message_stops_without_a_log_in_and_only_when_pressed(client, page):
    buyer = make_user()
    log_in(client, buyer)
    client.post(page)
    client.logout()
    link = f"/ngung-nhan-tin/{make_link(subject=person(buyer.pk), purpose=Purpose.BACK_IN_STOCK)}/"

    client.get(link)
    before = is_allowed(subject=person(buyer.pk), purpose=Purpose.BACK_IN_STOCK)
    client.post(link)

    assert (before, is_allowed(subject=person(buyer.pk), purpose=Purpose.BACK_IN_STOCK)) == (True, False)
    assert StockNotice.objects.get().state == "cancelled"
    assert client.get("/ngung-nhan-tin/person.1.back_in_stock:khong-phai/").status_code == 404

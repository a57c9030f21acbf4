"""The main job: a guest on a phone buys from two producers, both ship, and everybody is told."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalogue_ext.search.indexing import index_products
from shop.domain.parcels.models import Parcel
from tests.factories.listings import make_listing
from tests.factories.people import PASSWORD
from tests.factories.producers import make_member, make_producer
from tests.fixtures.processes import poll_until

BUYER = "chau@example.vn"


@pytest.fixture
def tea_house(transactional_db):
    producer = make_producer("HTX Chè Tân Cương", email="tra@example.vn")
    make_member(producer, email="chu-tra@example.vn")
    listing = make_listing("Chè búp Tân Cương", producer=producer, price_vnd=240_000)
    index_products([listing.product_id])
    return producer


@pytest.fixture
def honey_farm(transactional_db):
    producer = make_producer("HTX Ong Hương Rừng", email="ong@example.vn")
    make_member(producer, email="chu-ong@example.vn")
    listing = make_listing("Mật ong Hương Rừng", producer=producer, price_vnd=195_000, criteria_set=4)
    index_products([listing.product_id])
    return producer


def put_in_basket(page: Page, shop: str, title: str) -> None:
    page.goto(f"{shop}/tim/?q={title}")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.locator("form[action*='/gio-hang/them/'] button.btn-p").first.click()
    page.wait_for_url(re.compile("/gio-hang/"))
    expect(page.get_by_role("link", name=title).first).to_be_visible()


def order_as_guest(page: Page, shop: str) -> str:
    """Return the order's number, read off the thank-you page."""
    page.goto(f"{shop}/thanh-toan/")
    page.locator("#id_name").fill("Lê Minh Châu")
    page.locator("#id_phone").fill("0912 345 678")
    page.locator("#id_email").fill(BUYER)
    page.locator("#id_province").select_option("01")
    page.locator("#id_commune:not([disabled])").select_option("00166")
    page.locator("#id_street").fill("12 Trần Thái Tông")
    page.wait_for_load_state("networkidle")
    page.locator("button[value=place]:visible").click()
    page.wait_for_url(re.compile("/cam-on/"))
    return re.search(r"OC-[0-9A-Z]{8}", page.inner_text("main")).group()


def ship_as(page: Page, shop: str, login: str, tracking_number: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{shop}/ban-hang/kien/")
    page.locator("#id_login").fill(login)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit], main form button.btn-p").first.click()
    page.wait_for_url(re.compile("/ban-hang/kien/"))
    page.locator("main table a[href*='/ban-hang/kien/']").first.click()
    page.locator("main button[value=confirm]").click()
    page.locator("main summary", has=page.locator("xpath=../form//input[@id='id_carrier']")).click()
    page.locator("#id_carrier").fill("Viettel Post")
    page.locator("#id_tracking_number").fill(tracking_number)
    page.locator("main button[value=ship]").click()
    expect(page.get_by_text(tracking_number).first).to_be_visible()


@pytest.mark.parametrize(
    ("prefix", "shipped_words"), [("", "đang trên đường đến bạn"), ("/en", "is on its way to you")], ids=["vietnamese", "english"]
)
def test_a_guest_buys_from_two_producers_and_both_ship(
    live_stack, celery_worker_process, mail_sink, phone_page, tea_house, honey_farm, prefix, shipped_words
):
    address = live_stack(processes=2, environment={"EMAIL_URL": mail_sink.url})
    shop = address + prefix
    phone_page.set_default_timeout(15_000)
    celery_worker_process(EMAIL_URL=mail_sink.url, BASE_URL=address)
    put_in_basket(phone_page, shop, "Chè búp Tân Cương")
    put_in_basket(phone_page, shop, "Mật ong Hương Rừng")

    number = order_as_guest(phone_page, shop)
    tracking = phone_page.locator("main a[href*='/don-hang/']").first.get_attribute("href")
    ship_as(phone_page, shop, "chu-tra@example.vn", "VTP0001")
    ship_as(phone_page, shop, "chu-ong@example.vn", "VTP0002")

    assert sorted(Parcel.objects.values_list("order__number", "status")) == [(number, "shipped")] * 2
    phone_page.goto(address + tracking)
    expect(phone_page.get_by_text("VTP0001").first).to_be_visible()
    expect(phone_page.get_by_text("VTP0002").first).to_be_visible()
    # One for the order, and for each parcel one that it is confirmed and one that it is on its way.
    to_buyer = poll_until(lambda: len(mail_sink.to(BUYER)) >= 5 and mail_sink.to(BUYER), what="five mails to the buyer")
    texts = [message.get_body(("plain",)).get_content() for message in to_buyer]
    assert len(to_buyer) == 5
    assert sum("VTP0001" in text for text in texts) == 1
    assert any(shipped_words in text for text in texts)
    to_tea_house = "".join(message.get_body(("plain",)).get_content() for message in mail_sink.to("tra@example.vn"))
    assert "Chè búp Tân Cương" in to_tea_house
    assert "Hương Rừng" not in to_tea_house


def test_what_is_typed_while_the_province_is_being_asked_for_stays(live_stack, phone_page, tea_house):
    shop = live_stack(processes=2)
    put_in_basket(phone_page, shop, "Chè búp Tân Cương")
    phone_page.goto(f"{shop}/thanh-toan/")
    answers = []
    phone_page.route("**/thanh-toan/", lambda route: answers.append(route))  # noqa: PLW0108  its signature is looked at

    phone_page.locator("#id_province").select_option("01")
    phone_page.locator("#id_street").fill("12 Trần Thái Tông")
    poll_until(lambda: phone_page.evaluate("1") and answers, what="the form asking for communes")
    answers[0].continue_()
    phone_page.locator("#id_commune:not([disabled])").wait_for()

    assert phone_page.locator("#id_street").input_value() == "12 Trần Thái Tông"

"""A buyer sends goods back with a picture, is refused, turns to the office; its word moves the money to the đồng."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from shop.common import clock
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.ledger.models import Entry
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.refunding import submit_due_refunds
from shop.domain.payments.models import Refund
from shop.domain.returns.models import ReturnRequest
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_member, make_officer, make_producer
from tests.factories.ledger import make_rule
from tests.factories.logins import log_in
from tests.factories.returns import make_delivered, make_picture


@pytest.fixture
def parcel(transactional_db):
    make_rule(10)
    tea_house = make_producer("HTX Chè Tân Cương")
    return make_delivered((make_listing("Chè búp Tân Cương", producer=tea_house, price_vnd=240_000, stock=9), 2))


def work_as(page: Page, shop: str, user) -> None:
    """Sit down at a desk whose log-in is proved elsewhere."""
    session = log_in(Client(), user, second_factor=True).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": shop}])


def ask_with_picture(page: Page, order_page: str) -> None:
    page.goto(order_page)
    page.get_by_role("link", name="Trả hàng Chè búp Tân Cương").click()
    page.get_by_label("Hàng hỏng, vỡ").check()
    page.get_by_label("Hàng bị sao?").fill("Gói bị rách")
    page.locator("input[type=file]").set_input_files({"name": "goi.jpg", "mimeType": "image/jpeg", "buffer": make_picture()})
    page.get_by_role("button", name="Gửi yêu cầu trả hàng").click()
    expect(page.get_by_text("Chờ chủ thể trả lời").first).to_be_visible()
    expect(page.locator(".photos img").first).to_have_js_property("naturalWidth", 80)


def refuse(page: Page, shop: str) -> None:
    page.goto(f"{shop}/ban-hang/tra-hang/")
    page.locator("main table a").first.click()
    expect(page.locator(".photos img")).to_have_js_property("naturalWidth", 80)
    page.get_by_text("Không nhận trả", exact=True).click()
    page.locator("#id_words").fill("Gói đã mở")
    page.get_by_role("button", name="Từ chối").click()
    expect(page.get_by_text("người mua được báo lý do")).to_be_visible()


def turn_to_the_office(page: Page, order_page: str) -> None:
    page.goto(order_page)
    page.get_by_role("link", name="Trả hàng: Chủ thể từ chối").click()
    expect(page.get_by_text("Gói đã mở").first).to_be_visible()
    page.get_by_label("Lời của bạn").fill("Ảnh chụp ngay khi nhận")
    page.get_by_role("button", name="Nhờ văn phòng quyết định").click()
    expect(page.get_by_text("Văn phòng đang xem xét.")).to_be_visible()
    page.get_by_role("link", name="Cho biết tài khoản nhận tiền").click()
    page.get_by_label("Ngân hàng").select_option("970436")
    page.get_by_label("Số tài khoản").fill("0071 0009 1234")
    page.get_by_label("Tên chủ tài khoản").fill("Lê Minh Châu")
    page.get_by_role("button", name="Ghi tài khoản").click()
    expect(page.get_by_text("số kết thúc bằng 1234")).to_be_visible()


def decide(page: Page, shop: str) -> None:
    page.goto(f"{shop}/van-phong/tra-hang/")
    page.locator("main table a").first.click()
    expect(page.get_by_text("Ảnh chụp ngay khi nhận")).to_be_visible()
    page.get_by_label("Hoàn toàn bộ ngay").check()
    page.get_by_label("Lý do", exact=True).fill("Ảnh cho thấy gói rách sẵn")
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_text("Đã quyết định.")).to_be_visible()


def send_by_hand(page: Page, shop: str) -> None:
    """Cash goes back from the bank, to the account that the buyer told."""
    submit_due_refunds(now=clock.now())
    page.goto(f"{shop}/van-phong/tien/")
    page.locator("main table a").first.click()
    expect(page.get_by_text("007100091234")).to_be_visible()
    page.locator("#id_sent-bank_reference").fill("FT26332")
    page.get_by_role("button", name="Đã chuyển tiền hoàn").click()
    expect(page.get_by_text("Đã ghi nhận tiền hoàn.")).to_be_visible()


def test_asked_refused_disputed_and_decided_for_the_buyer(live_stack, phone_page, desk_page, parcel):
    shop = live_stack(processes=2)
    order_page = f"{shop}/don-hang/{parcel.order.number}/{tracking_token(parcel.order)}/"
    held_before = balances_of_producer(producer_id=parcel.producer_id).held_vnd
    for page in (phone_page, desk_page):
        page.set_default_timeout(15_000)

    ask_with_picture(phone_page, order_page)
    work_as(desk_page, shop, make_member(parcel.producer, role="producer_orders"))
    refuse(desk_page, shop)
    turn_to_the_office(phone_page, order_page)
    work_as(desk_page, shop, make_officer())
    decide(desk_page, shop)
    send_by_hand(desk_page, shop)

    phone_page.goto(order_page)
    expect(phone_page.get_by_text(re.compile("^Đã hoàn ·"))).to_be_visible()
    refund, asked = Refund.objects.get(), ReturnRequest.objects.get()
    # One of two packs, and the shipping with it, because the producer is to blame.
    assert (asked.goods_vnd, refund.amount_vnd, refund.status) == (240_000, 240_000 + parcel.shipping_vnd, "succeeded")
    commission_back = Entry.objects.get(account="commission", transaction__kind="refund").amount_vnd
    held_now = balances_of_producer(producer_id=parcel.producer_id).held_vnd
    assert held_before - held_now == refund.amount_vnd - commission_back
    assert broken_invariants() == []

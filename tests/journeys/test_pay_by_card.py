"""A guest pays by card: a decline and another card, the bank's question, and a way back without having paid."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalogue_ext.search.indexing import index_products
from shop.domain.payments.models import Payment
from shop.fake_stripe.webhooks import Endpoint
from shop.oscar_forks.order.models import Order
from tests.factories.listings import make_listing
from tests.fake_stripe.buying import DECLINED, GOOD, SECURE
from tests.fixtures.processes import poll_until
from tests.fixtures.stand_in import KEY, SECRETS
from tests.journeys.test_buy_from_two_producers import put_in_basket

TEA = "Chè búp Tân Cương"
ORDER_PAGE = re.compile(r"/don-hang/[^/]+/[^/]+/$")


@pytest.fixture
def shop(live_stack, celery_worker_process, stand_in, phone_page):
    """A shop that takes cards at the stand-in, and is told by it."""
    listing = make_listing(TEA, price_vnd=240_000)
    index_products([listing.product_id])
    cards = {"STRIPE_SECRET_KEY": KEY, "STRIPE_WEBHOOK_SECRET": ",".join(SECRETS), "STRIPE_API_BASE": stand_in.base_url}
    address = live_stack(processes=2, environment=cards)
    celery_worker_process(**cards, BASE_URL=address)
    stand_in.deliveries.endpoints.append(Endpoint(f"{address}/callbacks/stripe/", SECRETS))
    phone_page.set_default_timeout(20_000)
    return address


def order_by_card(page: Page, shop: str) -> None:
    """Up to the page on which the order waits for its money."""
    put_in_basket(page, shop, TEA)
    page.goto(f"{shop}/thanh-toan/")
    page.locator("#id_name").fill("Lê Minh Châu")
    page.locator("#id_phone").fill("0912 345 678")
    page.locator("#id_email").fill("chau@example.vn")
    page.locator("#id_province").select_option("01")
    page.locator("#id_commune:not([disabled])").select_option("00166")
    page.locator("#id_street").fill("12 Trần Thái Tông")
    expect(page.get_by_text("không có tiền thật").first).to_be_visible()
    page.locator("input[name=payment][value=card]").check(force=True)
    page.wait_for_load_state("networkidle")
    page.locator("button[value=place]:visible").click()
    page.wait_for_url(re.compile("/tra-tien/"))


def go_to_page_of_card(page: Page) -> None:
    page.locator("section[aria-labelledby=cach-tra] form button").first.click()
    page.wait_for_url(re.compile("/c/pay/"))


def put_card(page: Page, number: str) -> None:
    page.locator(f"input[name=card][value='{number}']").check()
    page.locator("main form > button").click()


def paid_order() -> Order:
    order = Order.objects.get()
    assert order.status == "paid"
    return order


def test_a_declined_card_and_then_another(shop, phone_page):
    order_by_card(phone_page, shop)
    go_to_page_of_card(phone_page)

    put_card(phone_page, DECLINED)
    expect(phone_page.get_by_role("alert")).to_contain_text("bị từ chối")
    poll_until(lambda: Payment.objects.get().error == "card_declined", what="the shop hearing of the decline")
    put_card(phone_page, GOOD)

    # The page asks by itself; nobody presses anything.
    phone_page.wait_for_url(ORDER_PAGE)
    expect(phone_page.get_by_text("Đã thanh toán").first).to_be_visible()
    assert paid_order().payments.get().status == "succeeded"


def test_the_bank_asks_the_owner(shop, phone_page):
    order_by_card(phone_page, shop)
    go_to_page_of_card(phone_page)

    put_card(phone_page, SECURE)
    phone_page.get_by_role("button", name="Từ chối").click()
    expect(phone_page.get_by_role("alert")).to_contain_text("không xác minh được")
    put_card(phone_page, SECURE)
    phone_page.get_by_role("button", name="Đồng ý").click()

    phone_page.wait_for_url(ORDER_PAGE)
    paid_order()


def test_whoever_turns_back_or_opens_the_page_of_success_has_not_paid(shop, phone_page):
    order_by_card(phone_page, shop)
    waiting = phone_page.url
    go_to_page_of_card(phone_page)

    phone_page.get_by_role("link", name="Quay lại cửa hàng").click()
    phone_page.wait_for_url(re.compile("/tra-tien/"))
    phone_page.goto(f"{waiting}?xong")
    expect(phone_page.get_by_role("status")).to_contain_text("Đang chờ cổng thanh toán")

    assert (Order.objects.get().status, Payment.objects.get().captured_vnd) == ("awaiting_payment", 0)
    go_to_page_of_card(phone_page)
    assert Payment.objects.count() == 1

"""A guest on a phone types a code, sees what it takes off without anything typed being lost, and orders with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from catalogue_ext.search.indexing import index_products
from shop.domain.vouchers.models import Redemption
from tests.factories.listings import make_listing
from tests.factories.vouchers import make_voucher
from tests.journeys.test_buy_from_two_producers import put_in_basket

TEA = "Chè búp Tân Cương"


@pytest.fixture
def shop(live_stack, phone_page):
    listing = make_listing(TEA, price_vnd=240_000)
    index_products([listing.product_id])
    make_voucher("TET2026", name="Mừng xuân", percent=10)
    phone_page.set_default_timeout(20_000)
    return live_stack(processes=2)


def sums(page: Page):
    return page.locator("#tom-tat .sum")


def test_a_voucher_is_typed_corrected_and_ordered_with(shop, phone_page, assert_accessible):
    page = phone_page
    put_in_basket(page, shop, TEA)
    page.goto(f"{shop}/thanh-toan/")
    page.locator("#id_name").fill("Lê Minh Châu")
    page.locator("#id_phone").fill("0912 345 678")
    page.locator("#id_email").fill("chau@example.vn")
    page.locator("#id_province").select_option("01")
    page.locator("#id_commune:not([disabled])").select_option("00166")
    page.locator("#id_street").fill("12 Trần Thái Tông")

    page.locator("#id_voucher").fill("tết 2062")
    page.get_by_role("button", name="Dùng mã").click()
    expect(page.locator("#ma-giam-gia")).to_contain_text("Không có mã này")
    page.locator("#id_voucher").fill("tết 2026")
    page.get_by_role("button", name="Dùng mã").click()
    expect(page.locator("#ma-giam-gia")).to_contain_text("Mừng xuân: giảm 24.000")
    expect(sums(page)).to_contain_text("−24.000")
    expect(page.locator("#id_street")).to_have_value("12 Trần Thái Tông")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)

    page.get_by_role("button", name="Bỏ mã").click()
    expect(sums(page)).not_to_contain_text("TET2026")
    page.locator("#id_voucher").fill("TET2026")
    page.get_by_role("button", name="Dùng mã").click()
    expect(sums(page)).to_contain_text("−24.000")
    page.locator("button[value=place]:visible").click()
    page.wait_for_url(re.compile("/cam-on/"))
    page.get_by_role("link", name="Xem đơn hàng").click()

    expect(page.get_by_text("Giảm giá, mã TET2026")).to_be_visible()
    assert Redemption.objects.get().discount_vnd == 24_000

"""A grown-up on a phone buys a spirit: asked about the age, told why cash is not there, and has the order's paper at the end."""

import re
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from shop.oscar_forks.order.models import Order
from tests.axe import assert_accessible  # noqa: F401 -- a fixture
from tests.factories.listings import make_listing
from tests.factories.places import make_commune
from tests.factories.transfers import open_account
from tests.journeys.test_money_comes_and_goes import BANK

SPIRIT = "Rượu mơ Yên Tử"
ADULT = "Tôi khai rằng mình đã đủ 18 tuổi"


def fill(page: Page) -> None:
    page.locator("#id_name").fill("Lê Minh Châu")
    page.locator("#id_phone").fill("0912 345 678")
    page.locator("#id_email").fill("chau@example.vn")
    page.locator("#id_province").select_option("01")
    page.locator("#id_commune:not([disabled])").select_option("00166")
    page.locator("#id_street").fill("12 Trần Thái Tông")
    page.wait_for_load_state("networkidle")


def test_an_adult_buys_a_spirit_that_a_child_does_not_find(live_stack, settings, phone_page, assert_accessible):  # noqa: F811
    open_account(settings)
    make_commune()
    make_listing(SPIRIT, criteria_set=14, price_vnd=240_000)
    shop, page = live_stack(environment=BANK), phone_page
    page.set_default_timeout(20_000)

    page.goto(f"{shop}/san-pham/")
    expect(page.get_by_text(SPIRIT)).to_have_count(0)
    page.get_by_role("link", name="Đồ uống có cồn (từ 18 tuổi)").click()
    expect(page.get_by_text(SPIRIT)).to_have_count(0)
    assert_accessible(page)
    page.get_by_role("button", name="Tôi đã đủ 18 tuổi").click()
    expect(page.get_by_role("link", name=SPIRIT, exact=True)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=SPIRIT, exact=True).click()
    expect(page.get_by_text("Uống rượu, bia có hại cho sức khoẻ")).to_be_visible()
    assert_accessible(page)
    with page.expect_response(re.compile("/gio-hang/them/")):
        page.get_by_role("button", name="Thêm vào giỏ").click()

    page.goto(f"{shop}/thanh-toan/")
    fill(page)
    expect(page.locator("input[name=payment][value=cod]")).to_have_count(0)
    page.locator("button[value=place]:visible").click()
    expect(page.get_by_role("alert").first).to_contain_text("đánh dấu rằng bạn đã đủ 18 tuổi")
    assert Order.objects.count() == 0
    page.get_by_label(ADULT).check()
    page.locator("button[value=place]:visible").click()
    page.wait_for_url(re.compile("/tra-tien/"))

    assert Order.objects.get().declared_adult_at is not None
    page.goto(re.sub("tra-tien/.*", "", page.url))
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải phiếu đặt hàng (PDF)").click()
    text = PdfReader(BytesIO(Path(download.value.path()).read_bytes())).pages[0].extract_text()
    assert (SPIRIT in text, "chỉ giao cho người từ 18 tuổi" in text) == (True, True)

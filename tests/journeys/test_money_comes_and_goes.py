"""Money in a browser: a transfer the bank tells of while its page is open, one an officer matches, cash that is paid out."""

import json
import re
import time
import urllib.request
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from shop.common import clock
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.ledger.models import ParcelSplit
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.fulfilling import confirm_parcel, ship_parcel
from shop.domain.ordering.links import tracking_token
from shop.domain.payments.bank_feed import sign
from shop.domain.payouts.models import PayoutBatch
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_member, make_officer, make_order, make_producer
from tests.factories.ledger import make_rule
from tests.factories.payouts import deliver, look_at_books, make_bank_account
from tests.factories.transfers import ACCOUNT, SECRET, make_transfer, make_transfer_order, movement, open_account
from tests.web.office_desk.test_rooms import desk_at

BANK = {
    "VIETQR_BANK_BIN": "970436",
    "VIETQR_ACCOUNT": ACCOUNT,
    "VIETQR_ACCOUNT_NAME": "CHO OCOP",
    "BANK_WEBHOOK_SECRET": SECRET,
}
ORDER_PAGE = re.compile(r"/don-hang/[^/]+/[^/]+/$")
PART_VND = 20_000


@pytest.fixture
def shop(live_stack, settings):
    """A shop with an account that its bank reports on."""
    open_account(settings)
    return live_stack(environment=BANK)


def tell(shop: str, **told: object) -> None:
    """What the bank does when money came."""
    body = json.dumps(movement(**told)).encode()
    timestamp = str(int(time.time()))
    headers = {"X-Bank-Timestamp": timestamp, "X-Bank-Signature": sign(body=body, timestamp=timestamp, secret=SECRET)}
    headers["Content-Type"] = "application/json"
    urllib.request.urlopen(urllib.request.Request(f"{shop}/callbacks/bank/", body, headers), timeout=20)  # noqa: S310 -- ours


def order_page(shop: str, order: object, rest: str = "") -> str:
    return f"{shop}/don-hang/{order.number}/{tracking_token(order)}/{rest}"


def test_the_page_sees_a_part_and_then_the_rest_by_itself(shop, celery_worker_process, phone_page):
    celery_worker_process(**BANK, BASE_URL=shop)
    order = make_transfer_order()
    missing_vnd = order.payments.get().amount_vnd - PART_VND
    phone_page.set_default_timeout(20_000)
    phone_page.goto(order_page(shop, order, "tra-tien/"))

    tell(shop, id="FT1", amount=PART_VND, memo=order.number)
    expect(phone_page.get_by_role("status")).to_contain_text("Đã nhận 20.000 ₫, còn thiếu", timeout=20_000)
    expect(phone_page.locator(f"[data-copy='{missing_vnd}']")).to_be_visible()
    tell(shop, id="FT2", amount=missing_vnd, memo=order.number.replace("-", " "))

    # Nobody pressed anything.
    phone_page.wait_for_url(ORDER_PAGE)
    expect(phone_page.get_by_text("Đã thanh toán").first).to_be_visible()
    assert broken_invariants() == []


def match(page: Page, shop: str, number: str) -> None:
    """The officer finds whose money the oldest row on the work list is."""
    page.goto(f"{shop}/van-phong/tien/")
    page.get_by_role("link", name="Tiền chưa biết của đơn nào").first.click()
    page.locator("input[name=match-order_number]").fill(number)
    page.get_by_role("button", name="Ghép với đơn").click()
    expect(page.get_by_text("Đã ghép khoản tiền với đơn.")).to_be_visible()


def test_an_officer_matches_two_halves_that_named_no_order(shop, browser):
    order = make_transfer_order()
    total = order.payments.get().amount_vnd
    for number, amount in enumerate((PART_VND, total - PART_VND)):
        make_transfer(amount, memo="mua che", reference=f"FT{number}")
    page = desk_at(browser, shop, width=390, user=make_officer())
    page.set_default_timeout(20_000)

    page.goto(f"{shop}/van-phong/tien/")
    expect(page.locator("main tbody tr")).to_have_count(2)
    match(page, shop, order.number)
    expect(page.get_by_role("link", name="Chuyển thiếu")).to_be_visible()
    match(page, shop, order.number)

    expect(page.locator("main tbody tr")).to_have_count(0)
    order.refresh_from_db()
    assert (order.status, balance_of("bank"), balance_of("unallocated")) == ("paid", total, 0)
    page.context.close()


def receive(page: Page, shop: str, order: object) -> None:
    """The buyer says that the goods, and so their cash, changed hands."""
    page.goto(order_page(shop, order))
    page.get_by_role("link", name="Tôi đã nhận").click()
    page.get_by_role("button", name="Tôi đã nhận").click()
    page.wait_for_url(ORDER_PAGE)


def test_cash_is_recorded_at_the_door_and_netted_when_two_officers_pay_out(shop, browser, phone_page):
    make_rule(5)
    house = make_producer("Hộ Lò A Páo")
    make_bank_account(house)
    listing = make_listing(producer=house, price_vnd=400_000, stock=9)
    carried, own = make_order((listing, 2)), make_order((listing, 1))
    deliver(own, carrier="own", days_ago=0)
    parcel = carried.parcels.get()
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())
    ship_parcel(parcel_id=parcel.pk, carrier="VNPost", tracking_number="EE1", actor=SYSTEM, now=clock.now())

    phone_page.set_default_timeout(20_000)
    receive(phone_page, shop, carried)
    assert (balance_of("cod_carrier"), balance_of(f"cod_producer:{house.pk}")) == (parcel.total_vnd, own.parcels.get().total_vnd)

    close_due_parcels(now=clock.now() + timedelta(days=8))
    look_at_books()
    splits = {split.parcel.order_id: split.producer_vnd for split in ParcelSplit.objects.select_related("parcel")}
    # The producer keeps the cash it took; what the shop earns on it comes off the rest.
    due_vnd = sum(splits.values()) - own.parcels.get().total_vnd
    pay_out(browser, shop, due_vnd)

    assert balances_of_producer(producer_id=house.pk).payable_vnd == 0
    page = desk_at(browser, shop, width=390, user=make_member(house))
    page.goto(f"{shop}/ban-hang/tien/sao-ke/")
    expect(page.get_by_text("Trừ tiền mặt bạn đã thu")).to_be_visible()
    assert broken_invariants() == []
    page.context.close()


def pay_out(browser: object, shop: str, due_vnd: int) -> None:
    """One officer prepares, a second approves and writes down what the bank answered."""
    first, second = (desk_at(browser, shop, width=390, user=make_officer()) for _ in range(2))
    first.goto(f"{shop}/van-phong/chi-tra/")
    first.get_by_role("button", name="Lập đợt chi trả").click()
    expect(first.get_by_text("cần một người khác duyệt")).to_be_visible()
    batch = PayoutBatch.objects.get()
    assert batch.total_vnd == due_vnd

    second.goto(f"{shop}/van-phong/chi-tra/{batch.pk}/")
    second.get_by_role("button", name="Duyệt đợt này").click()
    second.get_by_placeholder("Mã giao dịch, hoặc lý do").fill("FT88")
    second.get_by_role("button", name="Đã chi", exact=True).click()
    expect(second.get_by_text("FT88")).to_be_visible()
    batch.refresh_from_db()
    assert batch.status == "settled"
    first.context.close()
    second.context.close()

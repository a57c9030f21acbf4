"""The papers of an order as files: every letter right, a receipt for real money only, for the link's holder only."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.invoices.models import OrderInvoice
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.papers import Paper, read_paper
from shop.domain.payments.models import Payment, Refund
from tests.factories import make_listing, make_officer, make_order, make_producer, make_staff
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

HOME_ADDRESS = "Xóm Đồng Ngõ 7, nhà có giàn mướp"


@pytest.fixture
def order():
    tea = make_listing("Chè búp Tân Cương «đặc biệt» ễ ỡ ự Ỵ", price_vnd=185_000, title_en="Tân Cương green tea")
    household = make_producer("Hộ Nguyễn Thị Ước", legal_form="household", address_as_certified=HOME_ADDRESS)
    honey = make_listing("Mật ong <b>bạc hà</b> & sáp", price_vnd=290_000, producer=household, vat_class="5")
    return make_order((tea, 2), (honey, 1), buyer_name="Lưỡng Thị Ngọc Hiểu")


def address_of(order, name):
    return reverse(f"storefront:{name}", args=[order.number, tracking_token(order)])


def words_in(response):
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def receive(order, **fields):
    values = {"captured_vnd": int(order.total_incl_tax), "status": "succeeded", "succeeded_at": clock.now()}
    Payment.objects.filter(order=order).update(**(values | fields))


def test_the_order_has_every_letter_every_line_and_its_taxes(client, order):
    company = {"company_name": "Công ty Trà Việt", "tax_code": "0100109106", "address": "1 Lê Lợi", "email": "a@b.vn"}
    OrderInvoice.objects.create(order=order, updated_at=clock.now(), **company)

    answer = client.get(address_of(order, "order_pdf"))
    text = words_in(answer)

    first, second = order.parcels.order_by("pk")
    wanted = ["Phiếu đặt hàng", order.number, "Lưỡng Thị Ngọc Hiểu", "«đặc biệt» ễ ỡ ự Ỵ", "Mật ong <b>bạc hà</b> & sáp"]
    wanted += [first.number, second.number, "Hộ Nguyễn Thị Ước, Thái Nguyên", "Công ty Trà Việt", "0100109106"]
    wanted += [line.certificate_code for line in order.lines.all()]
    # 370.000 at 8 %, 290.000 at 5 %, carriage at 10 %.
    wanted += ["370.000 ₫ 342.593 ₫ 27.407 ₫", "290.000 ₫ 276.190 ₫ 13.810 ₫", "Tiền mặt khi nhận hàng, chưa thanh toán"]
    assert [each for each in wanted if each not in text] == []
    assert ("0912345678" in text.replace(" ", ""), HOME_ADDRESS in text, "Đã nhận 0 ₫" in text) == (False, False, True)
    assert answer["Content-Disposition"] == f'attachment; filename="phieu-{order.number}.pdf"'
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_the_vat_of_a_paper_adds_up_to_what_is_to_be_paid(order):
    paper = read_paper(order=order, kind=Paper.ORDER)

    assert sum(part.amount_vnd for part in paper.vat) == paper.due_vnd == order.total_incl_tax


def test_nobody_gets_a_receipt_before_money_came(client, order):
    answer = client.get(address_of(order, "receipt_pdf"))

    assert answer.status_code == 409
    assert "Chưa nhận được khoản tiền nào" in answer.content.decode()
    assert "Tải biên nhận" not in answer.content.decode()


def test_a_receipt_names_what_was_received_and_what_went_back(client, order):
    parcel = order.parcels.order_by("pk").first()
    receive(order, refunded_vnd=parcel.total_vnd, promised_back_vnd=parcel.total_vnd, status="partly_refunded")
    Refund.objects.create(
        payment=order.payments.get(), order=order, parcel=parcel, key="t", amount_vnd=parcel.total_vnd, reason="returned",
        status="succeeded", requested_at=clock.now(), settled_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip

    assert "Tải biên nhận" in client.get(address_of(order, "order_tracking")).content.decode()
    text = words_in(client.get(address_of(order, "receipt_pdf")))
    english = words_in(client.get(f"/en{address_of(order, 'receipt_pdf')}"))

    assert f"Hoàn tiền kiện {parcel.number}" in text
    assert f"Đã nhận {int(order.total_incl_tax):,} ₫".replace(",", ".") in text
    assert ("Receipt" in english, "Tân Cương green tea" in english, "partly refunded" in english) == (True, True, True)
    assert f"Refunded −{parcel.total_vnd:,} ₫" in english


def test_a_wrong_link_opens_no_file_and_the_office_takes_one_only_as_staff(client, order):
    receive(order)
    assert client.get(reverse("storefront:order_pdf", args=[order.number, "x" * 22])).status_code == 404
    path = f"/van-phong/don-hang/{order.number}/bien-nhan.pdf"
    officer, staff = Client(), Client()
    log_in(officer, make_officer(), second_factor=True)
    log_in(staff, make_staff(), second_factor=True)

    assert officer.get(path).status_code in {403, 404}
    assert "Biên nhận" in words_in(staff.get(path))
    assert AuditEntry.objects.get(action="order.paper_taken").label == order.number
    assert staff.get("/van-phong/don-hang/OC-KHONGCO/phieu.pdf").status_code == 404


def test_a_long_order_stays_small_and_asks_as_much_as_a_short_one(client, django_assert_max_num_queries):
    producer = make_producer()
    lines = [(make_listing(f"Chè số {number}", producer=producer, price_vnd=30_000), 1) for number in range(50)]
    long_order = make_order(*lines)
    path = address_of(long_order, "order_pdf")

    with django_assert_max_num_queries(20):
        answer = client.get(path)

    assert len(answer.content) < 80_000
    assert len(PdfReader(BytesIO(answer.content)).pages) <= 4
    assert "Chè số 49" in words_in(answer)
    assert client.get(path).content == answer.content

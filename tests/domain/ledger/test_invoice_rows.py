"""What a bookkeeper gets: every đồng of goods and carriage, its VAT, and to whom the invoice goes."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.invoices.details import check_details
from shop.domain.ledger import postings
from shop.domain.ledger.invoice_rows import COLUMNS, NO_INVOICE_WANTED, invoice_rows
from shop.domain.parcels.models import Parcel
from tests.factories import make_listing, make_order
from tests.factories.ledger import capture_order
from tests.factories.vouchers import make_producers_voucher, make_voucher, order_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing(price_vnd=108_000)


def delivered(order, *, at=None):
    parcel = order.parcels.get()
    Parcel.objects.filter(pk=parcel.pk).update(status="delivered", delivered_at=at or clock.now())
    return parcel


def rows(first_day=None, last_day=None):
    today = clock.today()
    found = list(invoice_rows(parcels=Parcel.objects.all(), first_day=first_day or today, last_day=last_day or today))
    assert found[0] == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in found[1:]]


def goods_line(parcel):
    return parcel.lines.get()


def test_goods_and_carriage_make_up_what_the_buyer_paid(tea):
    invoice = check_details(company_name="Công ty Hoa", tax_code="0100109106", address="Hà Nội", email="kt@hoa.vn")
    parcel = delivered(make_order((tea, 2), invoice=invoice))

    goods, carriage = rows()

    assert (goods["Tên người mua"], goods["Mã số thuế"], goods["Số lượng"]) == ("Công ty Hoa", "0100109106", 2)
    assert (goods["Thành tiền gồm thuế GTGT"], goods["Tiền thuế GTGT"], goods["Thành tiền chưa thuế"]) == (
        216_000,
        16_000,
        200_000,
    )
    assert (goods["Loại thuế GTGT"], goods["Thuế suất, %"]) == ("8", 8)
    assert goods["Tên hàng hoá, dịch vụ"] == f"{goods_line(parcel).title}, {goods_line(parcel).unit}"
    assert (goods["Đơn vị tính"], carriage["Đơn vị tính"], carriage["Số lượng"]) == (goods_line(parcel).unit, "lần", 1)
    assert carriage["Thành tiền gồm thuế GTGT"] == parcel.shipping_vnd
    assert [row["Đã hoàn cho khách (cả kiện)"] for row in (goods, carriage)] == [0, 0]
    assert sum(row["Thành tiền gồm thuế GTGT"] for row in (goods, carriage)) == parcel.total_vnd


def test_who_wants_no_invoice_stays_nameless(tea):
    delivered(make_order((tea, 1), buyer_name="Lê Minh Châu"))

    assert {row["Tên người mua"] for row in rows()} == {NO_INVOICE_WANTED}
    assert "Châu" not in str(rows())


def test_only_what_was_delivered_on_those_days_is_there(tea):
    today = clock.today()
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    make_order((tea, 1))
    delivered(make_order((tea, 1)), at=midnight - timedelta(seconds=1))
    kept = delivered(make_order((tea, 1)), at=midnight)
    delivered(make_order((tea, 1)), at=midnight + timedelta(days=1))
    Parcel.objects.filter(pk=delivered(make_order((tea, 1))).pk).update(status="lost")

    assert {row["Mã kiện"] for row in rows(today, today)} == {kept.number}


def test_what_went_back_stands_once_per_parcel(tea):
    order = make_order((tea, 2))
    parcel = delivered(order)
    capture_order(order)
    postings.refund(refund_id=1, parcel_id=parcel.pk, amount_vnd=30_000, payment_id=1, now=clock.now())

    assert [row["Đã hoàn cho khách (cả kiện)"] for row in rows()] == [30_000, 0]


def test_a_producer_s_own_discount_makes_its_goods_cheaper_and_the_shop_s_does_not(tea):
    make_producers_voucher(tea.producer, amount_vnd=16_000)
    make_voucher(amount_vnd=16_000)
    own, shops = (delivered(order_with(code, (tea, 2))) for code in ("NHAVUON", "CHAO2026"))

    goods = {row["Mã kiện"]: row["Thành tiền gồm thuế GTGT"] for row in rows() if row["Đơn vị tính"] != "lần"}

    assert goods == {own.number: 200_000, shops.number: 216_000}

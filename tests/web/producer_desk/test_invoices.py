"""The file for the bookkeeper: one's own parcels only, written down, harmless in a spreadsheet."""

import io

import pytest
from openpyxl import load_workbook

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.invoices.details import check_details
from shop.domain.parcels.models import Parcel
from tests.factories import make_listing, make_member, make_order, make_producer
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db
EXPORT = "/ban-hang/tien/hoa-don/"


@pytest.fixture
def tea_house():
    return make_producer("HTX Chè Tân Cương")


@pytest.fixture
def keeper(client, tea_house):
    return log_in(client, make_member(tea_house, role="producer_money"), second_factor=True)


def sell(producer, **words):
    order = make_order((make_listing(producer=producer), 1), **words)
    Parcel.objects.filter(order=order).update(status="delivered", delivered_at=clock.now())
    return order


def test_the_file_holds_one_s_own_parcels_and_is_written_down(keeper, tea_house):
    own, other = sell(tea_house), sell(make_producer("Trại ong"))
    month = f"{clock.today():%Y-%m}"

    text = keeper.post(EXPORT, {"month": month, "as": "csv"})
    sheet = load_workbook(io.BytesIO(keeper.post(EXPORT, {"month": month, "as": "xlsx"}).content)).active

    assert own.number in text.content.decode()
    assert other.number not in text.content.decode()
    assert f"hoa-don-{month}.csv" in text["Content-Disposition"]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {own.number}
    entry = AuditEntry.objects.filter(action="invoices.exported").first()
    assert (entry.producer_id, entry.detail["month"], entry.detail["rows"]) == (tea_house.pk, month, 2)


def test_a_buyer_cannot_put_a_formula_into_it(keeper, tea_house):
    evil = check_details(company_name='=HYPERLINK("http://x")', tax_code="0100109106", address="+1", email="a@b.vn")
    sell(tea_house, invoice=evil)
    month = f"{clock.today():%Y-%m}"

    text = keeper.post(EXPORT, {"month": month, "as": "csv"}).content.decode()
    sheet = load_workbook(io.BytesIO(keeper.post(EXPORT, {"month": month}).content)).active

    assert ",=" not in text
    assert ',"=' not in text
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "hôm nay", "2026-11-01", "9999-12", "'; DROP"])
def test_a_month_that_is_none_is_answered(keeper, month):
    page = keeper.post(EXPORT, {"month": month}, follow=True)

    assert page.status_code == 200
    assert "Hãy chọn một tháng" in page.content.decode()


def test_packers_do_not_get_it(client, tea_house):
    log_in(client, make_member(tea_house, role="producer_orders"))

    assert client.post(EXPORT, {"month": "2026-11"}).status_code == 404

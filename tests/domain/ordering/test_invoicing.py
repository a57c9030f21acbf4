"""Whom the invoices go to can be corrected until something is packed, order by order."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.invoices.details import check_details
from shop.domain.invoices.models import OrderInvoice
from shop.domain.ordering.invoicing import TooLateForInvoice, can_change_invoice, change_invoice
from shop.domain.parcels.models import Parcel
from tests.factories import make_listing, make_order, make_producer

pytestmark = pytest.mark.django_db
NOW = clock.now()
LATER = NOW + timedelta(hours=1)


def details(name="Công ty Hoa"):
    return check_details(company_name=name, tax_code="0100109106", address="Hà Nội", email="kt@hoa.vn")


@pytest.fixture
def orders():
    """Two orders of two parcels each, both with an invoice."""
    houses = [make_producer("HTX Chè"), make_producer("HTX Ong")]
    listings = [make_listing(house.name, producer=house) for house in houses]
    return [make_order(*[(listing, 1) for listing in listings], invoice=details(), now=NOW) for _ in range(2)]


def names():
    return list(OrderInvoice.objects.order_by("order_id").values_list("company_name", "updated_at"))


def test_one_order_s_invoice_is_corrected_and_taken_back(orders):
    change_invoice(order_id=orders[0].pk, details=details("Công ty Mai"), now=LATER)
    assert names() == [("Công ty Mai", LATER), ("Công ty Hoa", NOW)]

    change_invoice(order_id=orders[0].pk, details=None, now=LATER)
    change_invoice(order_id=orders[0].pk, details=None, now=LATER)
    assert names() == [("Công ty Hoa", NOW)]

    change_invoice(order_id=orders[0].pk, details=details("Công ty Lan"), now=LATER)
    assert names() == [("Công ty Lan", LATER), ("Công ty Hoa", NOW)]


@pytest.mark.parametrize("change", [{"packed_at": NOW}, {"status": "shipped", "shipped_at": NOW}])
def test_once_a_parcel_is_packed_its_slip_stays_true(orders, change):
    first = orders[0].parcels.order_by("pk").first()
    Parcel.objects.filter(pk=first.pk).update(**change)

    for wanted in (details("Công ty Mai"), None):
        with pytest.raises(TooLateForInvoice):
            change_invoice(order_id=orders[0].pk, details=wanted, now=LATER)
    # The same again is no change.
    change_invoice(order_id=orders[0].pk, details=details(), now=LATER)
    assert names() == [("Công ty Hoa", NOW)] * 2
    assert (can_change_invoice(order=orders[0]), can_change_invoice(order=orders[1])) == (False, True)


def test_parcels_that_dropped_out_hinder_nothing_unless_none_is_left(orders):
    parcels = Parcel.objects.filter(order=orders[0])
    parcels.filter(pk=parcels.order_by("pk").first().pk).update(status="declined", packed_at=NOW)
    assert can_change_invoice(order=orders[0])

    parcels.update(status="cancelled", packed_at=None)
    assert not can_change_invoice(order=orders[0])

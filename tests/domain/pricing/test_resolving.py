from decimal import Decimal

import pytest

from shop.domain.pricing.resolving import NoPrice, resolve_price, vat_inside
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("vat_class", "tax_vnd"), [("KCT", 0), ("KKKNT", 0), ("0", 0), ("5", 5_143), ("8", 8_000), ("10", 9_818)]
)
def test_resolve_price_extracts_the_tax_of_the_class(vat_class, tax_vnd):
    record = make_listing(price_vnd=108_000, vat_class=vat_class).stock_records.get()

    price = resolve_price(stock_record=record)

    assert (price.unit_vnd, price.tax_vnd, price.excl_tax_vnd) == (108_000, tax_vnd, 108_000 - tax_vnd)
    assert price.source == "retail"


def test_resolve_price_of_what_has_none():
    record = make_listing().stock_records.get()
    record.price = None

    with pytest.raises(NoPrice):
        resolve_price(stock_record=record)


def test_vat_inside_is_whole_dong():
    assert vat_inside(amount_vnd=Decimal(370_000), vat_class="8") == Decimal(27_407)

"""The one place where a price is found: basket, order, product page and Oscar's strategy all ask here.

Today every price is the retail price. A buyer's price list with its quantity tiers, an accepted quote and a campaign
price come before it in `_SOURCES`, each a function of the same arguments that answers None when it has no say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from catalogue_ext.models import Product
from shop.common.money import tax_included, whole_vnd
from shop.oscar_forks.partner.models import StockRecord

# Decree 181/2025: KCT (not subject to VAT) and KKKNT (no declaration of VAT) carry no tax at all.
VAT_PERCENT = {
    Product.VatClass.NOT_SUBJECT: 0,
    Product.VatClass.NOT_DECLARED: 0,
    Product.VatClass.ZERO: 0,
    Product.VatClass.FIVE: 5,
    Product.VatClass.EIGHT: 8,
    Product.VatClass.TEN: 10,
}


@dataclass(frozen=True)
class Price:
    """What one unit costs, in whole đồng: the VAT-inclusive price, and the tax inside it."""

    unit_vnd: Decimal
    tax_vnd: Decimal
    source: str

    @property
    def excl_tax_vnd(self) -> Decimal:
        return self.unit_vnd - self.tax_vnd


class NoPrice(Exception):
    """Nobody has set a price for this stock record."""


def resolve_price(*, stock_record: StockRecord, quantity: int = 1) -> Price:
    """Return what one unit costs when `quantity` are bought; the record's product must be loaded."""
    for source, find_price in _SOURCES:
        unit_vnd = find_price(stock_record, quantity)
        if unit_vnd is not None:
            return Price(unit_vnd, vat_inside(amount_vnd=unit_vnd, vat_class=stock_record.product.vat_class), source)
    raise NoPrice(stock_record.pk)


def vat_inside(*, amount_vnd: Decimal | int, vat_class: str) -> Decimal:
    """Return the tax that a VAT-inclusive amount of goods of this class contains, in whole đồng."""
    return tax_included(amount_vnd, VAT_PERCENT[Product.VatClass(vat_class)])


def _retail_price(stock_record: StockRecord, quantity: int) -> Decimal | None:  # noqa: ARG001 -- tiers will ask for it
    return None if stock_record.price is None else whole_vnd(stock_record.price)


_SOURCES: tuple[tuple[str, Callable[[StockRecord, int], Decimal | None]], ...] = (("retail", _retail_price),)

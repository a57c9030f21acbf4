"""Which awaited products can be bought: listing live ∧ producer active ∧ certificate valid ∧ stock, of a pack or of any."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from catalogue_ext.models import Product
from shop.domain.listings.purchasable import on_shelf
from shop.oscar_forks.partner.models import StockRecord


def is_purchasable(*, product: Product, today: date) -> bool:
    """Say whether this product (any of its packs, for a page of packs) can be bought today."""
    return _records(today).filter(Q(product=product) | Q(listing__product=product)).exists()


def purchasable_again(*, today: date, product: str = "product") -> Exists:
    """Return the SQL condition under which the product behind `product` of a row can be bought."""
    records = _records(today)
    return Exists(records.filter(Q(product=OuterRef(product)) | Q(listing__product=OuterRef(product))))


def _records(today: date) -> QuerySet[StockRecord]:
    return StockRecord.objects.filter(
        on_shelf(today=today, prefix="listing__"), price__isnull=False, num_in_stock__gt=F("num_allocated")
    )

"""Prices, packs and stock with which the certified products can be tried; ours, not the producers'."""

import csv
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from catalogue_ext.models import Category, Product
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.naming import comparable
from shop.domain.listings.models import Listing
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.models import ProducerProfile
from shop.domain.stock.counting import restock
from shop.oscar_forks.partner.models import StockRecord

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Offer:
    """What one sellable unit is called, holds, weighs (grams) and costs (whole đồng), and how many there are."""

    unit: str
    unit_en: str
    net_content: int
    net_content_unit: str
    weight_grams: int
    price_vnd: int
    stock: int


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of our own data files."""
    with (DATA / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def offer_of(row: dict[str, str]) -> Offer:
    """Return the offer that a row of `offerings.csv` or `samples.csv` describes."""
    return Offer(
        unit=row["unit"],
        unit_en=row["unit_en"],
        net_content=int(row["net_content"]),
        net_content_unit=row["net_content_unit"],
        weight_grams=int(row["weight_grams"]),
        price_vnd=int(row["price_vnd"]),
        stock=int(row["stock"]),
    )


def find_certificate(row: dict[str, str]) -> Certificate:
    """Return the imported certificate that an offering prices."""
    return Certificate.objects.select_related("product__listing", "producer__profile").get(
        decision__number=row["decision_number"], folded_name=comparable(row["product_name"])
    )


@transaction.atomic
def put_on_shelf(*, certificate: Certificate, row: dict[str, str], now: datetime) -> Listing:
    """Price a drafted listing, count its stock and make it live, as its producer would."""
    product, offer = certificate.product, offer_of(row)
    describe_product(product, row, offer)
    listing = product.listing
    stock_offer(listing, product, offer, now)
    listing.price_from_vnd, listing.state, listing.went_live_at = offer.price_vnd, Listing.State.LIVE, now
    listing.save()
    ProducerProfile.objects.filter(pk=listing.producer_id, status=ProducerProfile.Status.UNCLAIMED).update(
        status=ProducerProfile.Status.ACTIVE, email=f"chu-the-{listing.producer_id}@mau.example"
    )
    return listing


def describe_product(product: Product, row: dict[str, str], offer: Offer) -> None:
    """Write what the row says of the product and file it under its criteria set."""
    product.criteria_set = int(row["criteria_set"])
    product.title_en = row["title_en"]
    product.vat_class = row.get("vat_class") or Product.VatClass.EIGHT
    for name in ("unit", "unit_en", "net_content", "net_content_unit", "weight_grams"):
        setattr(product, name, getattr(offer, name))
    product.save()
    product.categories.set(Category.objects.filter(criteria_set=product.criteria_set))


def stock_offer(listing: Listing, product: Product, offer: Offer, now: datetime) -> StockRecord:
    """Give the product its price and count its first stock."""
    record = StockRecord.objects.create(
        listing=listing,
        product=product,
        partner_id=listing.producer_id,
        partner_sku=product.upc or f"OCOP-{product.pk}",
        price=Decimal(offer.price_vnd),
        price_currency="VND",
    )
    if offer.stock:
        restock(stock_record_id=record.pk, quantity=offer.stock, actor=SYSTEM, now=now)
    return record

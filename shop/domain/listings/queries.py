"""What is on the shelf today, read for pages; the shelf itself is decided in `purchasable`."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Window
from django.db.models.functions import Coalesce, RowNumber

from catalogue_ext.models import Product
from shop.domain.certificates.state import CertificateView, view_of
from shop.oscar_forks.partner.models import StockRecord

from .models import Listing
from .purchasable import Refusal, on_shelf, refusal_of

NEWEST_FIRST = (F("went_live_at").desc(nulls_last=True), F("pk").desc())
SCARCE_BELOW = 15


@dataclass(frozen=True)
class ShelfItem:
    """One card: a listing, the certificate that keeps it on the shelf, and what is left to buy."""

    listing: Listing
    product: Product
    certificate: CertificateView
    free_stock: int

    @property
    def is_sold_out(self) -> bool:
        return self.free_stock <= 0

    @property
    def is_scarce(self) -> bool:
        return 0 < self.free_stock < SCARCE_BELOW


@dataclass(frozen=True)
class Pack:
    """One size of a product with its price and what is left of it."""

    stock_record: StockRecord
    product: Product
    price_vnd: int
    free_stock: int

    @property
    def is_sold_out(self) -> bool:
        return self.free_stock <= 0

    @property
    def is_scarce(self) -> bool:
        return 0 < self.free_stock < SCARCE_BELOW


@dataclass(frozen=True)
class ProductOnDisplay:
    """A product page: the listing in whatever state, its packs (cheapest first), and why it is not for sale, if so."""

    listing: Listing
    product: Product
    packs: list[Pack]
    certificate: CertificateView | None
    refusal: Refusal | None


class NoSuchProduct(Exception):
    """No product with this number was ever shown to the public."""


def shelf_listings(*, today: date) -> QuerySet[Listing]:
    """Return every listing that anybody may see in lists today, newest first."""
    return Listing.objects.filter(on_shelf(today=today)).order_by(*NEWEST_FIRST)


def read_items(listings: QuerySet[Listing], *, today: date) -> list[ShelfItem]:
    """Return the cards of `listings`, in as many queries for one as for fifty."""
    loaded = (
        listings.select_related(
            "product__origin_province", "product__origin_commune", "certificate__decision", "certificate__province"
        )
        .prefetch_related("product__images")
        .annotate(free_stock=Coalesce(Subquery(_free_stock_of_listing()), 0))
    )
    return [
        ShelfItem(
            listing=listing,
            product=listing.product,
            certificate=view_of(listing.certificate, today=today),
            free_stock=listing.free_stock,
        )
        for listing in loaded
    ]


def display_product(*, product_id: int, today: date) -> ProductOnDisplay:
    """Return what a product page shows; raises NoSuchProduct for what no visitor has ever seen.

    Drafts were never public, and spirits (criteria sets 14 and 15) are shown to nobody until their buyers' age is
    checked; both look like a product that does not exist.
    """
    listing = (
        Listing.objects.select_related(
            "product__origin_province",
            "product__origin_commune",
            "certificate__decision",
            "certificate__province",
            "producer__profile__province",
            "producer__profile__commune",
        )
        .prefetch_related("product__images")
        .filter(product=product_id)
        .first()
    )
    if listing is None or listing.state not in EVER_SHOWN or listing.product.is_alcohol:
        raise NoSuchProduct(product_id)
    certificate = listing.certificate
    return ProductOnDisplay(
        listing=listing,
        product=listing.product,
        packs=_packs_of(listing),
        certificate=view_of(certificate, today=today) if certificate else None,
        refusal=refusal_of(listing, today=today),
    )


EVER_SHOWN = (Listing.State.LIVE, Listing.State.HIDDEN, Listing.State.ARCHIVED)


def newly_certified(*, today: date, most: int, stars: int | None = None) -> QuerySet[Listing]:
    """Return what is on the shelf with the newest decisions, of one number of stars if given.

    A list of one producer's twelve flavours tells nothing new, so a producer comes twice at most.
    """
    newest = (F("certificate__issued_on").desc(), F("pk").desc())
    listings = shelf_listings(today=today)
    if stars is not None:
        listings = listings.filter(certificate__stars=stars)
    place = Window(RowNumber(), partition_by="producer", order_by=newest)
    return listings.annotate(place_at_producer=place).filter(place_at_producer__lte=2).order_by(*newest)[:most]


def related_items(*, listing: Listing, today: date, most: int = 8) -> list[ShelfItem]:
    """Return cards of the same province first, then of the same kind of product."""
    others = shelf_listings(today=today).exclude(pk=listing.pk)
    nearby = others.filter(product__origin_province=listing.product.origin_province_id)
    if listing.product.origin_province_id is None:
        nearby = others.filter(product__criteria_set=listing.product.criteria_set)
    return read_items(nearby[:most], today=today)


def parent_of_pack(*, product_id: int) -> Product | None:
    """Return the product whose pack this is, or None."""
    pack = Product.objects.select_related("parent").filter(pk=product_id, parent__isnull=False).first()
    return pack.parent if pack else None


def _packs_of(listing: Listing) -> list[Pack]:
    records = listing.stock_records.select_related("product").filter(price__isnull=False).order_by("price", "pk")
    return [
        Pack(
            stock_record=record,
            product=record.product,
            price_vnd=int(record.price),
            free_stock=record.num_in_stock - record.num_allocated,
        )
        for record in records
    ]


def _free_stock_of_listing() -> QuerySet[StockRecord]:
    return (
        StockRecord.objects.filter(listing=OuterRef("pk"))
        .order_by()
        .values("listing")
        .annotate(free=Sum(F("num_in_stock") - F("num_allocated")))
        .values("free")
    )

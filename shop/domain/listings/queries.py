"""What is on the shelf today, read for pages; the shelf itself is decided in `purchasable`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from catalogue_ext.models import Product
from catalogue_ext.photos import photo_name_of, photo_url
from shop.common.written_once import WrittenOnce
from shop.domain.certificates.state import CertificateView, view_of
from shop.oscar_forks.partner.models import StockRecord

from .models import Listing
from .purchasable import Refusal, on_adult_shelf, on_shelf, refusal_of

NEWEST_FIRST = (F("went_live_at").desc(nulls_last=True), F("pk").desc())
SCARCE_BELOW = 15


@dataclass(frozen=True)
class ShelfItem:
    """One card: a listing, the certificate that keeps it on the shelf, and what is left to buy."""

    listing: Listing
    product: Product
    certificate: CertificateView
    free_stock: int
    photo: str

    @property
    def is_sold_out(self) -> bool:
        return self.free_stock <= 0

    @property
    def is_scarce(self) -> bool:
        return 0 < self.free_stock < SCARCE_BELOW


@dataclass(frozen=True)
class Face:
    """A card by what it shows: with the same `shown` it looks the same."""

    listing_id: int
    product_id: int
    shown: tuple


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
    """A product page: the listing in whatever state, its packs (cheapest first), and why it is not for sale, if so.

    `photo` is an address, empty when nobody has taken one.
    """

    listing: Listing
    product: Product
    photo: str
    packs: list[Pack]
    certificate: CertificateView | None
    refusal: Refusal | None


class NoSuchProduct(Exception):
    """No product with this number was ever shown to the public."""


def shelf_listings(*, today: date) -> QuerySet[Listing]:
    """Return every listing that anybody may see in lists today, newest first."""
    return Listing.objects.filter(on_shelf(today=today)).order_by(*NEWEST_FIRST)


def adult_listings(*, today: date) -> QuerySet[Listing]:
    """Return the alcohol on sale today, newest first: for those only who declared to be eighteen."""
    return Listing.objects.filter(on_adult_shelf(today=today)).order_by(*NEWEST_FIRST)


def read_items(ids: list[int], *, today: date) -> list[ShelfItem]:
    """Return the cards of these listings in any order, in one query for one as for fifty."""
    return [
        ShelfItem(
            listing=listing,
            product=listing.product,
            certificate=view_of(listing.certificate, today=today),
            free_stock=listing.free_stock,
            photo=photo_url(listing.photo_name),
        )
        for listing in _listings_on_cards(ids=ids)
    ]


def read_faces(listings: QuerySet[Listing], *, today: date) -> list[Face]:
    """Return what tells one card from another, in order, at the price of one narrow query."""
    return [_face(row, today) for row in _with_faces(listings)]


def faces_of(ids: list[int], *, today: date) -> list[Face]:
    """The same for these listings, in their order; those that are not on the shelf now are left out."""
    sql, parameters = _faces_statement(today)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, ids])
        faces = [_face(row, today) for row in cursor.fetchall()]
    place = {number: place for place, number in enumerate(ids)}
    return sorted(faces, key=lambda face: place[face.listing_id])


@lru_cache(maxsize=2)
def _faces_statement(today: date) -> tuple[str, tuple]:
    # Writing this statement takes Django longer than PostgreSQL takes to answer it, so it is written once a day.
    listings = shelf_listings(today=today).order_by().extra(where=["listings_listing.id = ANY(%s)"], params=[[0]])
    sql, parameters = _with_faces(listings).query.sql_with_params()
    return sql, parameters[:-1]


def _with_faces(listings: QuerySet[Listing]) -> QuerySet:
    return listings.annotate(free_stock=Coalesce(Subquery(_free_stock_of_listing()), 0)).values_list(
        "pk", "product_id", "free_stock", *_SHOWN_ON_CARDS
    )


def _face(row: tuple, today: date) -> Face:
    pk, product_id, free, *shown = row
    return Face(pk, product_id, (today, pk, min(free, SCARCE_BELOW), *shown))


# Whatever else a card shows changes with one of the two times.
_SHOWN_ON_CARDS = (
    *("price_from_vnd", "updated_at", "product__date_updated"),
    *(f"certificate__{name}" for name in ("pk", "stored_state", "stars", "issued_on", "valid_until", "extended_until")),
    *("certificate__stopped_on", "certificate__superseded_on"),
)


def display_product(*, product_id: int, today: date, for_adults: bool = False) -> ProductOnDisplay:
    """Return what a product page shows; raises NoSuchProduct for what no visitor has ever seen.

    Drafts were never public, and alcohol is on the pages `for_adults` and on no other: elsewhere both look like a
    product that does not exist.
    """
    listing = next(iter(_listing_on_display(product_id=product_id)), None)
    if listing is None or listing.state not in EVER_SHOWN or listing.product.is_alcohol != for_adults:
        raise NoSuchProduct(product_id)
    certificate = listing.certificate
    return ProductOnDisplay(
        listing=listing,
        product=listing.product,
        photo=photo_url(listing.photo_name),
        packs=_packs_of(listing),
        certificate=view_of(certificate, today=today) if certificate else None,
        refusal=refusal_of(listing, today=today, is_adult=for_adults),
    )


_listings_on_cards = WrittenOnce[Listing](
    lambda ids: (
        Listing.objects.select_related(
            "product__origin_province", "product__origin_commune", "certificate__decision", "certificate__province"
        )
        .annotate(free_stock=Coalesce(Subquery(_free_stock_of_listing()), 0), photo_name=photo_name_of("product"))
        .extra(where=["listings_listing.id = ANY(%s)"], params=[ids])
    )
)
_listing_on_display = WrittenOnce[Listing](
    lambda product_id: (
        Listing.objects.select_related(
            "product__origin_province",
            "product__origin_commune",
            "certificate__decision",
            "certificate__province",
            "producer__profile__province",
            "producer__profile__commune",
        )
        .annotate(photo_name=photo_name_of("product"))
        .filter(product=product_id)
        .order_by("pk")[:1]
    ),
)
_records_with_a_price = WrittenOnce[StockRecord](
    lambda listing_id: (
        StockRecord.objects.select_related("product").filter(listing=listing_id, price__isnull=False).order_by("price", "pk")
    )
)
EVER_SHOWN = (Listing.State.LIVE, Listing.State.HIDDEN, Listing.State.ARCHIVED)


def parent_of_pack(*, product_id: int) -> Product | None:
    """Return the product whose pack this is, or None."""
    pack = Product.objects.select_related("parent").filter(pk=product_id, parent__isnull=False).first()
    return pack.parent if pack else None


def _packs_of(listing: Listing) -> list[Pack]:
    return [
        Pack(
            stock_record=record,
            product=record.product,
            price_vnd=int(record.price),
            free_stock=record.num_in_stock - record.num_allocated,
        )
        for record in _records_with_a_price(listing_id=listing.pk)
    ]


def _free_stock_of_listing() -> QuerySet[StockRecord]:
    return (
        StockRecord.objects.filter(listing=OuterRef("pk"))
        .order_by()
        .values("listing")
        .annotate(free=Sum(F("num_in_stock") - F("num_allocated")))
        .values("free")
    )

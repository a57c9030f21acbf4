"""The wish list as it is today: star, price and stock of now, whatever they were when the product was put there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from oscar.apps.wishlists.models import Line

from catalogue_ext.models import Product
from catalogue_ext.photos import photo_name_of, photo_url
from shop.domain.certificates.state import CertificateView, view_of
from shop.domain.listings.models import Listing
from shop.domain.listings.purchasable import Refusal, refusal_of
from shop.domain.listings.queries import EVER_SHOWN
from shop.domain.pricing.resolving import NoPrice, resolve_price


@dataclass(frozen=True)
class Wish:
    """One product of the list; without a listing that may be shown it is only a name, also without a photo's address."""

    title: str
    product: Product | None
    listing: Listing | None
    certificate: CertificateView | None
    refusal: Refusal | None
    price_vnd: int | None
    free_stock: int
    photo: str = ""

    @property
    def is_purchasable(self) -> bool:
        return self.refusal is None

    @property
    def has_packs(self) -> bool:
        return self.product is not None and self.product.is_parent


def wish_lines(*, user_id: int) -> QuerySet[Line]:
    """Return the lines of a person's list, the newest first, with all that `read_wish` looks at."""
    return (
        Line.objects.filter(wishlist__owner_id=user_id)
        .select_related(
            "product__origin_province",
            "product__origin_commune",
            "product__listing__product",
            "product__listing__certificate__decision",
            "product__listing__certificate__province",
            "product__listing__producer__profile",
        )
        .annotate(photo_name=photo_name_of("product"))
        .prefetch_related("product__listing__stock_records__product")
        .order_by(F("pk").desc())
    )


def read_wish(line: Line, *, today: date) -> Wish:
    """Return a line of `wish_lines` as it stands today."""
    product = line.product
    listing = getattr(product, "listing", None) if product else None
    if product is None or listing is None or listing.state not in EVER_SHOWN or product.is_alcohol:
        return Wish(line.title, None, None, None, Refusal.NOT_LIVE, None, 0)
    price_vnd, free = _cheapest(listing)
    return Wish(
        title=product.title,
        product=product,
        listing=listing,
        certificate=view_of(listing.certificate, today=today) if listing.certificate else None,
        refusal=_refusal(listing, price_vnd, free, today),
        price_vnd=price_vnd,
        free_stock=free,
        photo=photo_url(line.photo_name),
    )


def _cheapest(listing: Listing) -> tuple[int | None, int]:
    prices, free = [], 0
    for record in listing.stock_records.all():
        try:
            prices.append(int(resolve_price(stock_record=record).unit_vnd))
        except NoPrice:
            continue
        free += record.num_in_stock - record.num_allocated
    return (min(prices), free) if prices else (None, 0)


def _refusal(listing: Listing, price_vnd: int | None, free: int, today: date) -> Refusal | None:
    refusal = refusal_of(listing, today=today)
    if refusal is None and price_vnd is None:
        return Refusal.NO_PRICE
    return Refusal.SOLD_OUT if refusal is None and free <= 0 else refusal

"""From the shelf to cards: what `components/product_card.html` shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from catalogue_ext.models import Product
from shop.common.places.models import Commune, Province
from shop.domain.certificates.state import CertificateView
from shop.domain.listings.queries import ShelfItem


@dataclass(frozen=True)
class Card:
    """One product of a list."""

    url: str
    product: Product
    photo: str
    place: str
    certificate: CertificateView
    price_vnd: int
    has_packs: bool
    stock: int


def cards_of(items: Iterable[ShelfItem]) -> list[Card]:
    """Return the cards of shelf items."""
    return [
        Card(
            url=product_url(item.product),
            product=item.product,
            photo=photo_of(item.product),
            place=place_of(item.product.origin_commune, item.product.origin_province) or item.certificate.place,
            certificate=item.certificate,
            price_vnd=item.listing.price_from_vnd,
            has_packs=item.product.is_parent,
            stock=item.free_stock,
        )
        for item in items
    ]


def product_url(product: Product) -> str:
    """Return the path of a product page in the language of the page."""
    return reverse("catalogue:detail", kwargs={"product_slug": product.slug, "pk": product.pk})


def photo_of(product: Product) -> str:
    """Return the address of the first photo, or nothing: then a drawing stands in."""
    return next((image.original.url for image in product.images.all()), "")


def place_of(commune: Commune | None, province: Province | None) -> str:
    """Return «Tân Cương, Thái Nguyên» from what is known."""
    names = [commune.name if commune else "", province.local_name if province else ""]
    return ", ".join(name for name in names if name)

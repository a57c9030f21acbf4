"""From the shelf to cards: what `components/product_card.html` shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from catalogue_ext.models import Product
from shop.common.places.models import Commune, Province
from shop.domain.certificates.state import CertificateView
from shop.domain.listings.models import Listing
from shop.domain.listings.queries import Face, ShelfItem, faces_of, read_faces, read_items


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


class ShelfCard:
    """A card that is read whole only where no process has rendered it a moment ago (see `components/product_card.html`)."""

    def __init__(self, face: Face, shelf: "_Shelf") -> None:
        self.product_id, self.key = face.product_id, face.shown
        self._listing_id, self._shelf = face.listing_id, shelf

    def __getattr__(self, name: str) -> Any:
        return getattr(self._shelf.cards[self._listing_id], name)


@dataclass
class _Shelf:
    """The cards of one page, all read when the first is needed whole."""

    listing_ids: list[int]
    today: date

    @cached_property
    def cards(self) -> dict[int, Card]:
        items = read_items(self.listing_ids, today=self.today)
        return dict(zip((item.listing.pk for item in items), cards_of(items), strict=True))


def shelf_cards(listings: QuerySet[Listing] | list[int], *, today: date) -> list[ShelfCard]:
    """Return the cards of listings in their order; of numbers, those that are on the shelf now."""
    faces = faces_of(listings, today=today) if isinstance(listings, list) else read_faces(listings, today=today)
    shelf = _Shelf([face.listing_id for face in faces], today)
    return [ShelfCard(face, shelf) for face in faces]


def cards_of(items: Iterable[ShelfItem]) -> list[Card]:
    """Return the cards of shelf items."""
    return [
        Card(
            url=product_url(item.product),
            product=item.product,
            photo=item.photo,
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
    return product.get_absolute_url()


def place_of(commune: Commune | None, province: Province | None) -> str:
    """Return «Tân Cương, Thái Nguyên» from what is known."""
    names = [commune.name if commune else "", province.local_name if province else ""]
    return ", ".join(name for name in names if name)

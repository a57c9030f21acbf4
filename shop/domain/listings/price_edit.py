"""A producer sets what one pack costs. Orders that are placed keep the price they were placed at."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Min

from shop.common.shown_versions import show_products_anew
from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor
from shop.oscar_forks.partner.models import StockRecord

from .models import Listing
from .naming import subject_of
from .shelf_gate import shut_shelf

# Above this an amount is a slip of the finger: the dearest certified products cost a fifth of it.
HIGHEST_PRICE_VND = 500_000_000


class ListingChanged(Exception):
    """Somebody saved the listing since the form was made."""


class PriceOutOfRange(Exception):
    """A price is a whole number of đồng between one and `HIGHEST_PRICE_VND`."""


@transaction.atomic
def set_price(*, stock_record_id: int, price_vnd: int, expected_version: int, actor: Actor, now: datetime) -> Listing:
    """Write the price (whole đồng, VAT included) of one pack and the listing's lowest price."""
    check_price(price_vnd)
    listing_id = StockRecord.objects.for_actor(actor).values_list("listing_id", flat=True).get(pk=stock_record_id)
    shut_shelf(listing_id=listing_id)
    listing = Listing.objects.select_for_update(of=("self",)).select_related("product", "certificate").get(pk=listing_id)
    if listing.version != expected_version:
        raise ListingChanged(listing.version)
    write_price(listing=listing, stock_record_id=stock_record_id, price_vnd=price_vnd, actor=actor, now=now)
    listing.version += 1
    listing.save(update_fields=["price_from_vnd", "version", "updated_at"])
    show_products_anew([listing.product_id])
    return listing


def check_price(price_vnd: int) -> None:
    """Raise PriceOutOfRange for what no pack can cost."""
    if not 1 <= price_vnd <= HIGHEST_PRICE_VND:
        raise PriceOutOfRange(price_vnd)


def write_price(*, listing: Listing, stock_record_id: int, price_vnd: int, actor: Actor, now: datetime) -> None:
    """Write one pack's price and put the cheapest one on the locked `listing`, which its caller saves."""
    stock = StockRecord.objects.get(pk=stock_record_id, listing=listing)
    old = None if stock.price is None else int(stock.price)
    StockRecord.objects.filter(pk=stock.pk).update(price=Decimal(price_vnd))
    cheapest = StockRecord.objects.filter(listing=listing).aggregate(Min("price"))["price__min"]
    listing.price_from_vnd = int(cheapest)
    record(
        actor=actor,
        action="listing.price_set",
        subject=subject_of(listing),
        now=now,
        old={"price_vnd": old},
        new={"price_vnd": price_vnd},
        stock_record=stock.pk,
    )

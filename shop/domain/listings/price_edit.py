"""A producer sets what one pack costs. Orders that are placed keep the price they were placed at."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Min

from shop.domain.people.actor import Actor
from shop.oscar_forks.partner.models import StockRecord

from .models import Listing
from .shelf_gate import shut_shelf

# Above this an amount is a slip of the finger: the dearest certified products cost a fifth of it.
HIGHEST_PRICE_VND = 500_000_000


class ListingChanged(Exception):
    """Somebody saved the listing since the form was made."""


class PriceOutOfRange(Exception):
    """A price is a whole number of đồng between one and `HIGHEST_PRICE_VND`."""


@transaction.atomic
def set_price(*, stock_record_id: int, price_vnd: int, expected_version: int, actor: Actor) -> Listing:
    """Write the price (whole đồng, VAT included) of one pack and the listing's lowest price."""
    if not 1 <= price_vnd <= HIGHEST_PRICE_VND:
        raise PriceOutOfRange(price_vnd)
    records = StockRecord.objects.for_actor(actor)
    listing_id = records.values_list("listing_id", flat=True).get(pk=stock_record_id)
    shut_shelf(listing_id=listing_id)
    listing = Listing.objects.select_for_update().get(pk=listing_id)
    if listing.version != expected_version:
        raise ListingChanged(listing.version)
    records.filter(pk=stock_record_id).update(price=Decimal(price_vnd))
    cheapest = StockRecord.objects.filter(listing=listing).aggregate(Min("price"))["price__min"]
    listing.price_from_vnd = int(cheapest)
    listing.version += 1
    listing.save(update_fields=["price_from_vnd", "version", "updated_at"])
    return listing

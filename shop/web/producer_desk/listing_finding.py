"""Listings of one's own producers, read with what their pages show."""

from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from shop.domain.listings.models import Listing
from shop.oscar_forks.partner.models import StockRecord


def readable_listings(request: HttpRequest) -> QuerySet[Listing]:
    """Return every listing this person may open."""
    packs = StockRecord.objects.for_actor(request.actor).select_related("product", "listing__product")
    packs = packs.annotate(free=F("num_in_stock") - F("num_allocated")).order_by("pk")
    return (
        Listing.objects.for_actor(request.actor)
        .select_related("product", "producer__profile", "certificate__decision", "certificate__province")
        .prefetch_related(Prefetch("stock_records", queryset=packs), "product__categories")
    )


def find_listing(request: HttpRequest, listing: int) -> Listing:
    """Return one of them, or 404."""
    return get_object_or_404(readable_listings(request), pk=listing)

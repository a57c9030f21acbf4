"""What a visitor may narrow the shelf by, and in which order it can stand."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from catalogue_ext.models import Category
from catalogue_ext.placeholder_art import LAST_SET_OF_GROUP
from catalogue_ext.search.searching import TypedWords, closeness, matching, nearness
from shop.oscar_forks.partner.models import StockRecord

from .models import Listing
from .queries import NEWEST_FIRST, shelf_listings


class PriceBand(StrEnum):
    """Prices in steps; the value stands in addresses (thousands of đồng), so it never changes."""

    BELOW_50 = "0-50"
    FROM_50 = "50-100"
    FROM_100 = "100-200"
    FROM_200 = "200-500"
    FROM_500 = "500-1000"
    ABOVE_1000 = "1000-"

    @property
    def least_vnd(self) -> int:
        return int(self.value.split("-")[0]) * 1000

    @property
    def below_vnd(self) -> int | None:
        end = self.value.split("-")[1]
        return int(end) * 1000 if end else None


class Sort(StrEnum):
    """Orders of a list; the value stands in addresses."""

    RELEVANCE = "phu-hop"
    NEWEST = "moi-nhat"
    STARS = "sao"
    CHEAPEST = "gia-tang"
    DEAREST = "gia-giam"


ORDERS = {
    Sort.NEWEST: NEWEST_FIRST,
    Sort.STARS: (F("certificate__stars").desc(), *NEWEST_FIRST),
    Sort.CHEAPEST: (F("price_from_vnd").asc(), *NEWEST_FIRST),
    Sort.DEAREST: (F("price_from_vnd").desc(), *NEWEST_FIRST),
}


@dataclass(frozen=True)
class Section:
    """The part of the shelf a page is about: a category, a province, a producer, a search, or all of it."""

    category: Category | None = None
    province_code: str | None = None
    producer_id: int | None = None
    words: TypedWords | None = None


@dataclass(frozen=True)
class Chosen:
    """What the visitor ticked: within a facet any of the values, across facets all of them."""

    groups: list[str] = field(default_factory=list)
    provinces: list[str] = field(default_factory=list)
    stars: list[int] = field(default_factory=list)
    producers: list[int] = field(default_factory=list)
    prices: list[str] = field(default_factory=list)
    stocked: list[bool] = field(default_factory=list)


def listings_of_section(section: Section, *, today: date) -> QuerySet[Listing]:
    """Return what a section holds today, with the values that facets count by."""
    listings = shelf_listings(today=today).alias(**facet_values())
    if section.category is not None:
        listings = listings.filter(_in_category(section.category))
    if section.province_code is not None:
        listings = listings.filter(province_code=section.province_code)
    if section.producer_id is not None:
        listings = listings.filter(producer=section.producer_id)
    if section.words is not None:
        listings = listings.filter(matching(section.words, prefix="product__"))
    return listings


def sort_listings(listings: QuerySet[Listing], sort: Sort, words: TypedWords | None = None) -> QuerySet[Listing]:
    """Return the listings in an order; relevance needs the words it is relevant to, and is newest first without."""
    if sort == Sort.RELEVANCE and words:
        closest = closeness(words, prefix="product__").desc()
        nearest = nearness(words, prefix="product__").desc()
        return listings.order_by(closest, nearest, *NEWEST_FIRST)
    return listings.order_by(*ORDERS.get(sort, NEWEST_FIRST))


def facet_values() -> dict[str, Case | Coalesce | Exists]:
    """Return the annotations behind facets, one expression each, so that counts and lists can never disagree."""
    groups = [When(product__criteria_set__lte=last, then=Value(group)) for last, group in LAST_SET_OF_GROUP]
    own_category = Category.objects.filter(product=OuterRef("product")).order_by("pk").values("group")[:1]
    bands = [When(price_from_vnd__lt=band.below_vnd, then=Value(band.value)) for band in PriceBand if band.below_vnd]
    stocked = StockRecord.objects.filter(listing=OuterRef("pk"), num_in_stock__gt=F("num_allocated"))
    return {
        "group_code": Case(*groups, default=Coalesce(Subquery(own_category), Value("")), output_field=CharField()),
        "province_code": Coalesce("product__origin_province", "certificate__province"),
        "price_band": Case(*bands, default=Value(PriceBand.ABOVE_1000.value), output_field=CharField()),
        "in_stock": Exists(stocked),
    }


def _in_category(category: Category) -> Q:
    branch = Category.objects.filter(path__startswith=category.path)
    sets = branch.filter(criteria_set__isnull=False).values("criteria_set")
    placed = Category.product_set.through.objects.filter(product=OuterRef("product"), category__in=branch)
    return Q(product__criteria_set__in=sets) | Q(Exists(placed))

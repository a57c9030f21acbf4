"""What forms and pages offer: provinces in an order people expect, communes of one, old names as a way in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from shop.common.places.lookup import communes_now_of, find_communes, legacy_districts_called
from shop.common.places.models import Commune, Province
from shop.common.places.regions import HomeRegion
from shop.common.places.today import places_of_today
from shop.common.places.unit_names import DISTRICT, read_unit_names
from shop.common.vietnamese import fold

SEARCH_LIMIT = 20


@dataclass(frozen=True)
class CommuneChoice:
    """One line of a list of communes."""

    code: str
    name: str


@dataclass(frozen=True)
class RegionOfProvinces:
    """One column of the home page."""

    region: HomeRegion
    provinces: Sequence[Province]

    @property
    def label(self) -> str:
        """The heading of the column in the language of the page."""
        return self.region.label


def provinces_by_name() -> list[Province]:
    """Return the 34 provinces by name, accents aside, for a list to choose from."""
    return places_of_today().provinces_by_name


def provinces_north_to_south() -> QuerySet[Province]:
    """Return the 34 provinces the way the country lies; their codes run that way."""
    return Province.objects.order_by("code")


def provinces_by_home_region() -> list[RegionOfProvinces]:
    """Return the provinces in the four columns of the home page."""
    provinces = list(provinces_north_to_south())
    return [
        RegionOfProvinces(region, [province for province in provinces if province.home_region == region]) for region in HomeRegion
    ]


def communes_of(province_code: str) -> list[CommuneChoice]:
    """Return the communes of a province by name, for the second list of an address; none for an unknown code."""
    communes = places_of_today().communes_of.get(province_code, ())
    return [CommuneChoice(commune.code, commune.full_name) for commune in communes]


def search_communes(text: str, province: Province | None = None) -> list[Commune]:
    """Return communes for what a shopper types: a name of today, a name of before, an old district, or its start."""
    exact = find_communes(text, province) or _communes_of_old_district(text, province)
    if exact:
        return exact[:SEARCH_LIMIT]
    beginning = fold(text)
    if not beginning:
        return []
    communes = Commune.objects.select_related("province").filter(folded__startswith=beginning)
    if province is not None:
        communes = communes.filter(province=province)
    return list(communes[:SEARCH_LIMIT])


def _communes_of_old_district(text: str, province: Province | None) -> list[Commune]:
    for name in read_unit_names(text):
        if DISTRICT in name.levels and (districts := legacy_districts_called(name, province=province)):
            return communes_now_of(districts)
    return []

"""The 34 provinces and 3,321 communes of today in memory: every order form lists them, and they change by law only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from shop.common.places.models import Commune, Province


@dataclass(frozen=True)
class PlacesOfToday:
    """Provinces by code, from north to south; communes by code, and in lists by name."""

    provinces: Mapping[str, Province] = field(default_factory=dict)
    communes: Mapping[str, Commune] = field(default_factory=dict)
    communes_of: Mapping[str, Sequence[Commune]] = field(default_factory=dict)

    @property
    def provinces_by_name(self) -> list[Province]:
        """The provinces by name, accents aside."""
        return sorted(self.provinces.values(), key=lambda province: province.folded)


NOWHERE = PlacesOfToday()


class _NoPlaces(Exception):
    """The tables are empty: nothing to keep in memory."""


def places_of_today() -> PlacesOfToday:
    """Return all places, read from the tables once per process; nothing, and nothing kept, while they are not loaded."""
    try:
        return _read_tables()
    except _NoPlaces:
        return NOWHERE


@cache
def _read_tables() -> PlacesOfToday:
    provinces = {province.code: province for province in Province.objects.order_by("code")}
    if not provinces:
        raise _NoPlaces
    communes: dict[str, Commune] = {}
    communes_of: dict[str, list[Commune]] = {code: [] for code in provinces}
    for commune in Commune.objects.order_by("folded", "kind"):
        # One object per province, not one per commune.
        commune.province = provinces[commune.province_id]
        communes[commune.code] = commune
        communes_of[commune.province_id].append(commune)
    return PlacesOfToday(provinces, communes, communes_of)

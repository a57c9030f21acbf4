"""All names of places in memory, looked up by folded name. A list of thousands of addresses asks it, not the tables."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from shop.common.places.models import Commune, LegacyLevel, LegacyUnit, Province
from shop.common.places.today import places_of_today

Unit = TypeVar("Unit", Province, Commune, LegacyUnit)

NOT_LETTERS = re.compile(r"[^a-z0-9]+")
# Đắk and Đắc, Pắk and Pắc, Kỳ and Kì, Quy and Qui: the same place, spelt by another office.
K_FOR_C = re.compile(r"k(?!h)")

# Names in use that no table has: short names of the city, provinces that ended before 2025.
PROVINCE_ALIASES = {
    "hcm": "79",
    "hcmc": "79",
    "ho chi minh city": "79",
    "sai gon": "79",
    "brvt": "79",
    "ha tay": "01",
    "thua thien hue": "46",
    "tt hue": "46",
}


class PlacesNotLoaded(Exception):
    """The tables of places are empty: manage.py load_places has not run."""


@dataclass(frozen=True)
class Gazetteer:
    """Every unit by its exact folded name and by its loose one."""

    provinces: Mapping[str, list[Province]]
    communes: Mapping[str, list[Commune]]
    legacy: Mapping[LegacyLevel, Mapping[str, list[LegacyUnit]]]
    _communes_by_code: Mapping[str, Commune]
    _commune_codes_of: Mapping[int, list[str]]

    def provinces_called(self, folded: str) -> list[Province]:
        """Return the provinces of today with this name or alias: one or none."""
        return _called(self.provinces, folded)

    def communes_called(self, folded: str) -> list[Commune]:
        """Return the communes of today with this name, anywhere in the country."""
        return _called(self.communes, folded)

    def legacy_called(self, level: LegacyLevel, folded: str) -> list[LegacyUnit]:
        """Return the old units of the level with this name."""
        return _called(self.legacy[level], folded)

    def communes_now(self, unit: LegacyUnit) -> list[Commune]:
        """Return the communes of today that an old district or commune went into."""
        return [self._communes_by_code[code] for code in self._commune_codes_of.get(unit.pk, ())]


def gazetteer() -> Gazetteer:
    """Return the names of all places, read from the tables once per process; raises PlacesNotLoaded."""
    return _read_tables()


def loose(folded: str) -> str:
    """Return the name without spaces, hyphens, apostrophes and differences of spelling.

    The mark in front keeps a loose key from ever being somebody's exact name.
    """
    return "~" + NOT_LETTERS.sub("", K_FOR_C.sub("c", folded).replace("y", "i"))


@cache
def _read_tables() -> Gazetteer:
    today = places_of_today()
    if not today.provinces:
        raise PlacesNotLoaded
    # Each of 11,000 units would otherwise carry a province object of its own: 20 MB in every process.
    communes = sorted(today.communes.values(), key=lambda commune: (commune.folded, commune.code))
    legacy_units = list(LegacyUnit.objects.all())
    for unit in legacy_units:
        unit.province = today.provinces[unit.province_id]
    _join_to_parents(legacy_units)
    return Gazetteer(
        provinces=_provinces_by_name(list(today.provinces.values())),
        communes=_by_name(communes),
        legacy={level: _by_name(u for u in legacy_units if u.level == level) for level in LegacyLevel},
        _communes_by_code=today.communes,
        _commune_codes_of=_links(),
    )


def _join_to_parents(units: list[LegacyUnit]) -> None:
    by_pk = {unit.pk: unit for unit in units}
    for unit in units:
        if unit.parent_id is not None:
            unit.parent = by_pk[unit.parent_id]


def _provinces_by_name(provinces: list[Province]) -> dict[str, list[Province]]:
    names = _by_name(provinces)
    by_code = {province.code: province for province in provinces}
    for alias, code in PROVINCE_ALIASES.items():
        names[alias] = names[loose(alias)] = [by_code[code]]
    return names


def _by_name(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    names: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        names[unit.folded].append(unit)
        names[loose(unit.folded)].append(unit)
    return dict(names)


def _links() -> dict[int, list[str]]:
    codes: dict[int, list[str]] = defaultdict(list)
    links = LegacyUnit.communes.through.objects.order_by("legacyunit_id", "commune_id")
    for unit_pk, commune_code in links.values_list("legacyunit_id", "commune_id"):
        codes[unit_pk].append(commune_code)
    return codes


def _called(names: Mapping[str, list[Unit]], folded: str) -> list[Unit]:
    return names.get(folded) or names.get(loose(folded)) or []

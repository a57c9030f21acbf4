"""Finding one province or commune by what people write: old names, short names, with or without accents."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from shop.common.places.gazetteer import gazetteer
from shop.common.places.models import Commune, LegacyLevel, LegacyUnit, Province
from shop.common.places.unit_names import COMMUNE, DISTRICT, PROVINCE, UnitName, read_unit_names
from shop.common.vietnamese import normalise

Found = TypeVar("Found")
Below = TypeVar("Below", Commune, LegacyUnit)


def find_province(text: str) -> Province | None:
    """Return the province of today that a name stands for: Lâm Đồng for Đắk Nông, TP. Hồ Chí Minh for TPHCM."""
    now = _first_found(text, PROVINCE, lambda name: gazetteer().provinces_called(name.folded))
    if now:
        return now[0]
    before = find_legacy_province(text)
    return before.province if before else None


def find_legacy_province(text: str) -> LegacyUnit | None:
    """Return the province of before 01/07/2025 with this name."""
    return only_one(_first_found(text, PROVINCE, lambda name: gazetteer().legacy_called(PROVINCE, name.folded)))


def find_legacy_district(text: str, legacy_province: LegacyUnit | None = None) -> LegacyUnit | None:
    """Return the district of before 01/07/2025 with this name; None when several provinces had one."""

    def districts(name: UnitName) -> list[LegacyUnit]:
        return best_matches(legacy_districts_called(name, legacy_province=legacy_province), name)

    return only_one(_first_found(text, DISTRICT, districts))


def find_commune(text: str, province: Province | None = None) -> Commune | None:
    """Return the one commune of today that a new or old name stands for; None when there is none or a choice.

    Inside a province of today a name of today is taken at its word, even if an old commune of that name was divided.
    """
    if province is not None:
        now = _first_found(text, COMMUNE, lambda name: communes_named(name, province=province))
        if len(now) == 1:
            return now[0]
    return only_one(find_communes(text, province))


def find_communes(text: str, province: Province | None = None) -> list[Commune]:
    """Return the communes of today that a new or old name can stand for, those that bear it now first."""
    return _first_found(text, COMMUNE, lambda name: communes_called(name, province=province))


def legacy_province_names() -> tuple[str, ...]:
    """Return the names of the 63 provinces of before 01/07/2025, as decisions name them: Đắk Nông, Hải Dương."""
    legacy = LegacyUnit.objects.filter(level=LegacyLevel.PROVINCE).order_by("code")
    return tuple(legacy.values_list("name", flat=True))


def communes_called(name: UnitName, *, province: Province | None) -> list[Commune]:
    """Return the communes of today that bear the name or took in an old one that did."""
    now = communes_named(name, province=province)
    before = _in_province(gazetteer().legacy_called(COMMUNE, name.folded), province)
    if now and name.kind:
        before = [unit for unit in before if unit.kind == name.kind]
    return without_repeats([*now, *communes_now_of(best_matches(before, name))])


def communes_named(name: UnitName, *, province: Province | None) -> list[Commune]:
    """Return the communes of today that bear the name themselves."""
    return best_matches(_in_province(gazetteer().communes_called(name.folded), province), name)


def legacy_districts_called(
    name: UnitName, *, legacy_province: LegacyUnit | None = None, province: Province | None = None
) -> list[LegacyUnit]:
    """Return the old districts of the name, inside an old province or inside a province of today."""
    found = _in_province(gazetteer().legacy_called(DISTRICT, name.folded), province)
    if legacy_province is None:
        return found
    return [unit for unit in found if unit.parent_id == legacy_province.pk]


def communes_now_of(units: Sequence[LegacyUnit]) -> list[Commune]:
    """Return the communes of today that any of the old units went into, one that kept the name first."""
    pairs = [(commune.folded != unit.folded, commune) for unit in units for commune in gazetteer().communes_now(unit)]
    return without_repeats([commune for _, commune in sorted(pairs, key=lambda pair: pair[0])])


def best_matches(units: Sequence[Below], name: UnitName) -> list[Below]:
    """Narrow units of one folded name down by kind, then by accents, each only where that leaves something.

    A list of 2020 says "thị trấn Dương Đông, huyện Phú Quốc" of what was a ward of a city by 2025, so a kind that
    does not fit never rules out the only unit there is.
    """
    of_kind = [unit for unit in units if unit.kind == name.kind] or list(units)
    return [unit for unit in of_kind if _same_letters(unit.name, name.written)] or of_kind


def only_one(units: Sequence[Found]) -> Found | None:
    """Return the unit when there is exactly one."""
    return units[0] if len(units) == 1 else None


def without_repeats(communes: Sequence[Commune]) -> list[Commune]:
    """Return each commune once, in the order of first mention."""
    return list({commune.code: commune for commune in communes}.values())


def _first_found(text: str, level: LegacyLevel, search: Callable[[UnitName], list[Found]]) -> list[Found]:
    for name in read_unit_names(text):
        if level in name.levels and (found := search(name)):
            return found
    return []


def _in_province(units: Sequence[Below], province: Province | None) -> list[Below]:
    if province is None:
        return list(units)
    return [unit for unit in units if unit.province_id == province.code]


def _same_letters(name: str, written: str) -> bool:
    return normalise(name).casefold() == written.casefold()

"""Understanding a whole address, old or new: whose province it is, which commune it is today, or between which ones."""

from dataclasses import dataclass, replace

from shop.common.places.address_pieces import cut_address
from shop.common.places.gazetteer import gazetteer
from shop.common.places.lookup import (
    best_matches,
    communes_called,
    communes_named,
    communes_now_of,
    legacy_districts_called,
    only_one,
    without_repeats,
)
from shop.common.places.models import Commune, LegacyUnit, Province
from shop.common.places.unit_names import COMMUNE, DISTRICT, PROVINCE, UnitName

Pieces = list[list[UnitName]]


@dataclass(frozen=True)
class AddressGuess:
    """What an address says. `commune` is set only when it is certain; else `ambiguous` holds those it may be."""

    province: Province | None = None
    commune: Commune | None = None
    legacy_province: LegacyUnit | None = None
    legacy_district: LegacyUnit | None = None
    ambiguous: tuple[Commune, ...] = ()


def understand_address(text: str) -> AddressGuess:
    """Read an address as it stands on a certificate or as a shopper types it.

    "thị trấn Đức An, huyện Đắk Song" is in Đắk Nông of old, Lâm Đồng of today, and is Xã Đức An now.
    """
    guess, pieces = _read_province(cut_address(text))
    districts, pieces = _read_districts(guess, pieces)
    guess = _with_district(guess, districts)
    return _with_communes(guess, _read_communes(guess, districts, pieces))


def _read_province(pieces: Pieces) -> tuple[AddressGuess, Pieces]:
    for index in range(len(pieces) - 1, -1, -1):
        for name in pieces[index]:
            guess = _province_called(name) if PROVINCE in name.levels else None
            if guess and _may_be_the_province(name, guess, is_alone=len(pieces) == 1):
                return guess, pieces[:index] + pieces[index + 1 :]
    return AddressGuess(), pieces


def _province_called(name: UnitName) -> AddressGuess | None:
    now = only_one(gazetteer().provinces_called(name.folded))
    if now:
        return AddressGuess(province=now)
    before = only_one(gazetteer().legacy_called(PROVINCE, name.folded))
    return AddressGuess(province=before.province, legacy_province=before) if before else None


def _may_be_the_province(name: UnitName, guess: AddressGuess, *, is_alone: bool) -> bool:
    """TP Thái Nguyên was a district: the prefix fits only a province that is or was a city itself."""
    if name.kind != "thành phố" or is_alone:
        return True
    unit = guess.legacy_province or guess.province
    return unit is not None and unit.kind == name.kind


def _read_districts(guess: AddressGuess, pieces: Pieces) -> tuple[list[LegacyUnit], Pieces]:
    """Find the old district. Without a prefix it is one only if another piece is left to be the commune."""
    for index in range(len(pieces) - 1, -1, -1):
        for name in pieces[index]:
            if DISTRICT not in name.levels or name.is_like_a_street:
                continue
            if name.kind is None and index == 0 and _is_a_commune_now(name, guess):
                continue
            found = legacy_districts_called(name, legacy_province=guess.legacy_province, province=guess.province)
            if found:
                return best_matches(found, name), pieces[:index] + pieces[index + 1 :]
    return [], pieces


def _is_a_commune_now(name: UnitName, guess: AddressGuess) -> bool:
    if guess.legacy_province is not None:
        return False
    return bool(communes_called(name, province=guess.province))


def _with_district(guess: AddressGuess, districts: list[LegacyUnit]) -> AddressGuess:
    district = only_one(districts)
    if district is None:
        return guess
    return AddressGuess(province=district.province, legacy_province=district.parent, legacy_district=district)


def _read_communes(guess: AddressGuess, districts: list[LegacyUnit], pieces: Pieces) -> list[Commune]:
    """Return what the address may mean: certain with one, ambiguous with several."""
    names = [name for piece in reversed(pieces) for name in piece if COMMUNE in name.levels]
    # Who says xã or phường means it; a street or hamlet comes last.
    names.sort(key=lambda name: (name.is_like_a_street, name.kind is None))
    for name in names:
        found = _communes_in_districts(name, districts) if districts else _communes_in_province(name, guess)
        if found:
            return found
    return communes_now_of(districts) if districts else []


def _communes_in_districts(name: UnitName, districts: list[LegacyUnit]) -> list[Commune]:
    parents = {district.pk for district in districts}
    old = [unit for unit in gazetteer().legacy_called(COMMUNE, name.folded) if unit.parent_id in parents]
    if old:
        return communes_now_of(best_matches(old, name))
    inside = {commune.code for commune in communes_now_of(districts)}
    return best_matches([c for c in gazetteer().communes_called(name.folded) if c.code in inside], name)


def _communes_in_province(name: UnitName, guess: AddressGuess) -> list[Commune]:
    """With no district it is an address of today, if a commune of today fits; else the name is an old one."""
    if guess.legacy_province is not None:
        old = [
            unit
            for unit in gazetteer().legacy_called(COMMUNE, name.folded)
            if unit.parent is not None and unit.parent.parent_id == guess.legacy_province.pk
        ]
        if old:
            return communes_now_of(best_matches(old, name))
    if guess.province is not None and name.kind is not None:
        now = communes_named(name, province=guess.province)
        if now:
            return now
    return communes_called(name, province=guess.province)


def _with_communes(guess: AddressGuess, communes: list[Commune]) -> AddressGuess:
    candidates = without_repeats(communes)
    certain = only_one(candidates)
    if certain is not None:
        return replace(guess, commune=certain, province=certain.province)
    provinces = {commune.province_id: commune.province for commune in candidates}
    province = guess.province or only_one(list(provinces.values()))
    return replace(guess, province=province, ambiguous=tuple(candidates))

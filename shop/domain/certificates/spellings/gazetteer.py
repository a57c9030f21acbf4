"""Provinces and districts, of today and of before 01/07/2025, as annexes write them."""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import shop.common.places
from shop.common.vietnamese import fold

from ..naming import one_tone_habit

DATA = Path(shop.common.places.__file__).parent / "data" / "places.json.gz"
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
DISTRICT_KINDS = ("huyện", "quận", "thị xã", "thành phố")
# Spellings offices use beside the official one.
OTHER_SPELLINGS = {
    "daclac": "daklak",
    "daclak": "daklak",
    "dacnong": "daknong",
    "baccan": "backan",
    "hcm": "hochiminh",
    "tphcm": "hochiminh",
    "saigon": "hochiminh",
    "brvt": "bariavungtau",
}
# Huế became a city of its own on 01/01/2025; decisions of before name the province.
THUA_THIEN_HUE = ("Thừa Thiên Huế", "tỉnh", "46")
PROVINCE_IN_TEXT = re.compile(r"(?:\b(?:tỉnh|thành phố|tp)\b\.?\s*)(?P<name>[^,;()]+)", re.IGNORECASE)
DISTRICT_IN_TEXT = re.compile(r"\b(?P<kind>huyện|quận|thị xã|thành phố|tp|tx|h|q)\b\.?\s*(?P<name>[^,;()]+)", re.IGNORECASE)
COMMUNE_IN_TEXT = re.compile(r"\b(?P<kind>xã|phường|đặc khu|thị trấn|tt|p|x)\b\.?\s*(?P<name>[^,;()]+)", re.IGNORECASE)
KIND_OF_SHORT = {"tp": "thành phố", "tx": "thị xã", "h": "huyện", "q": "quận", "tt": "thị trấn", "p": "phường", "x": "xã"}


@dataclass(frozen=True)
class ProvinceName:
    """A province by one of its names: `code` is that of the province of today it lies in."""

    name: str
    kind: str
    code: str
    is_legacy: bool

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class DistrictName:
    """A district of before 01/07/2025 with the province it lay in."""

    name: str
    kind: str
    province: ProvinceName

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Gazetteer:
    """The names by their letters alone: no accents, no spaces, no hyphens."""

    legacy_provinces: dict[str, ProvinceName]
    provinces: dict[str, ProvinceName]
    districts: dict[str, tuple[DistrictName, ...]]
    communes: dict[tuple[str, str], str]
    provinces_of_commune: dict[str, frozenset[str]]
    commune_names: frozenset[str]


def find_province(text: str) -> ProvinceName | None:
    """Return the province a text names, the one of before the reform when both have that name."""
    bare = re.sub(r"^\W*(?:tỉnh|thành phố|tp)\b\.?\s*", "", text, flags=re.IGNORECASE)
    key = _letters(bare)
    key = OTHER_SPELLINGS.get(key, key)
    names = gazetteer()
    return names.legacy_provinces.get(key) or names.provinces.get(key)


def find_districts(kind: str, name: str) -> tuple[DistrictName, ...]:
    """Return the districts of that kind and name; several provinces had a huyện Châu Thành."""
    wanted = KIND_OF_SHORT.get(kind.casefold(), kind.casefold())
    found = gazetteer().districts.get(_letters(name), ())
    return tuple(district for district in found if district.kind == wanted) or (
        # A town that became a city still stands in older lists under its old kind.
        tuple(district for district in found if {wanted, district.kind} <= {"thị xã", "thành phố", "huyện"})
    )


def find_commune_code(*, province_code: str, text: str) -> str | None:
    """Return today's commune an address without a district names inside its province."""
    for found in COMMUNE_IN_TEXT.finditer(text):
        kind = KIND_OF_SHORT.get(found["kind"].casefold(), found["kind"].casefold())
        if code := gazetteer().communes.get((province_code, _letters(f"{kind}{found['name']}"))):
            return code
    return None


def province_candidates(address: str) -> frozenset[ProvinceName]:
    """Return the provinces an address may lie in: the one it names, else those of its district, else of its commune."""
    for found in reversed(list(PROVINCE_IN_TEXT.finditer(address))):
        province = find_province(found["name"])
        # «TP Hải Dương» is a district; «tỉnh Hải Dương» and «TP Hải Phòng» are provinces.
        if province and (found[0].casefold().startswith("tỉnh") or province.kind == "thành phố"):
            return frozenset({province})
    for found in DISTRICT_IN_TEXT.finditer(address):
        if districts := find_districts(found["kind"], found["name"]):
            return frozenset(district.province for district in districts)
    by_code = {province.code: province for province in gazetteer().provinces.values()}
    for found in COMMUNE_IN_TEXT.finditer(address):
        kind = KIND_OF_SHORT.get(found["kind"].casefold(), found["kind"].casefold())
        codes = gazetteer().provinces_of_commune.get(_letters(f"{kind}{found['name']}"), frozenset())
        if codes:
            return frozenset(by_code[code] for code in codes)
    return frozenset()


def province_of_code(code: str) -> ProvinceName:
    """Return the province of today with an official code."""
    return next(province for province in gazetteer().provinces.values() if province.code == code)


@cache
def gazetteer() -> Gazetteer:
    """Return the names, read once from the data of `shop.common.places`."""
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        data = json.load(file)
    provinces = {_letters(name): ProvinceName(name, kind, code, is_legacy=False) for code, kind, name in data["provinces"]}
    legacy = {
        code: ProvinceName(one_tone_habit(name), kind, now, is_legacy=True)
        for code, now, kind, name, *_rest in data["legacy_provinces"]
    }
    districts: dict[str, list[DistrictName]] = {}
    for _code, province, kind, name, *_rest in data["legacy_districts"]:
        districts.setdefault(_letters(name), []).append(DistrictName(one_tone_habit(name), kind, legacy[province]))
    communes: dict[tuple[str, str], str] = {}
    provinces_of_commune: dict[str, set[str]] = {}
    for code, province, kind, name in data["communes"]:
        communes[province, _letters(f"{kind}{name}")] = code
        provinces_of_commune.setdefault(_letters(f"{kind}{name}"), set()).add(province)
    return Gazetteer(
        legacy_provinces={
            _letters(province.name): province for province in (*legacy.values(), ProvinceName(*THUA_THIEN_HUE, is_legacy=True))
        },
        provinces=provinces,
        districts={key: tuple(found) for key, found in districts.items()},
        communes=communes,
        provinces_of_commune={key: frozenset(codes) for key, codes in provinces_of_commune.items()},
        commune_names=frozenset(f"{kind} {name}" for _code, _province, kind, name in data["communes"]),
    )


def _letters(text: str) -> str:
    return NOT_A_LETTER.sub("", fold(text))

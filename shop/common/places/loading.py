"""Bring the tables of places up to the data file that ships with the shop. Twice changes nothing."""

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from shop.common.places.models import Commune, LegacyLevel, LegacyUnit, Province
from shop.common.places.regions import REGION_OF_PROVINCE_CODE
from shop.common.vietnamese import fold, slugify

DATA_FILE = Path(__file__).parent / "data" / "places.json.gz"
# The city is never called by the bare name of the man it is named after.
SHOWN_NAMES = {"79": "TP. Hồ Chí Minh"}
ENGLISH_NAMES = {"01": "Hanoi", "79": "Ho Chi Minh City"}
BATCH = 2000


@dataclass(frozen=True)
class LoadedPlaces:
    """How many rows were written; all zero when the tables were up to date."""

    provinces: int
    communes: int
    legacy_units: int
    legacy_links: int


@transaction.atomic
def load_places() -> LoadedPlaces:
    """Write what is new or changed in the data file; rows in use are never deleted."""
    data = json.loads(gzip.decompress(DATA_FILE.read_bytes()))
    provinces = _write_changes(Province, [_province(row) for row in data["provinces"]], unique=["code"])
    communes = _write_changes(Commune, _communes(data["communes"]), unique=["code"])
    legacy_units = sum(_write_legacy_level(data, level) for level in LegacyLevel)
    return LoadedPlaces(provinces, communes, legacy_units, _write_legacy_links(data))


def _province(row: Sequence[str]) -> dict[str, str]:
    code, kind, name = row
    return {
        "code": code,
        "name": SHOWN_NAMES.get(code, name),
        "full_name": f"{kind[:1].upper()}{kind[1:]} {name}",
        "name_en": ENGLISH_NAMES.get(code) or fold(name).title(),
        "kind": kind,
        "region": str(REGION_OF_PROVINCE_CODE[code]),
        "folded": fold(name),
        "slug": slugify(name),
    }


def _communes(rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    taken: set[tuple[str, str]] = set()
    communes = []
    for code, province_code, kind, name in rows:
        slug = _free_slug(taken, province_code, [slugify(name), slugify(f"{kind} {name}"), slugify(f"{name} {code}")])
        communes.append(
            {
                "code": code,
                "province_id": province_code,
                "name": name,
                "kind": kind,
                "folded": fold(name),
                "slug": slug,
            }
        )
    return communes


def _free_slug(taken: set[tuple[str, str]], province_code: str, candidates: Sequence[str]) -> str:
    """Xã Văn Lang and Xã Văn Lăng of one province lose their accents in a URL: the later one gets a longer slug."""
    slug = next(candidate for candidate in candidates if (province_code, candidate) not in taken)
    taken.add((province_code, slug))
    return slug


def _write_legacy_level(data: Mapping[str, Any], level: LegacyLevel) -> int:
    parents = dict(LegacyUnit.objects.values_list("code", "pk").filter(level=_level_above(level)))
    provinces_of_parents = dict(LegacyUnit.objects.values_list("code", "province_id").filter(level=_level_above(level)))
    rows = []
    for code, above, kind, name, *_links in data[_key_of(level)]:
        is_top = level == LegacyLevel.PROVINCE
        rows.append(
            {
                "level": str(level),
                "code": code,
                "parent_id": None if is_top else parents[above],
                "province_id": above if is_top else provinces_of_parents[above],
                "name": name,
                "kind": kind,
                "folded": fold(name),
            }
        )
    return _write_changes(LegacyUnit, rows, unique=["level", "code"])


def _write_legacy_links(data: Mapping[str, Any]) -> int:
    link = LegacyUnit.communes.through
    pks = {(level, code): pk for level, code, pk in LegacyUnit.objects.values_list("level", "code", "pk")}
    wanted = {
        (pks[level, row[0]], commune_code)
        for level in (LegacyLevel.DISTRICT, LegacyLevel.COMMUNE)
        for row in data[_key_of(level)]
        for commune_code in row[4]
    }
    present = set(link.objects.values_list("legacyunit_id", "commune_id"))
    stale = sorted(unit for unit, commune in present - wanted)
    if stale:
        link.objects.filter(legacyunit_id__in=stale).delete()
        present = {pair for pair in present if pair[0] not in set(stale)}
    missing = sorted(wanted - present)
    link.objects.bulk_create([link(legacyunit_id=unit, commune_id=commune) for unit, commune in missing], batch_size=BATCH)
    return len(missing)


def _write_changes(model: type[models.Model], rows: list[dict[str, Any]], *, unique: list[str]) -> int:
    columns = list(rows[0])
    present = set(model._default_manager.values_list(*columns))
    changed = [row for row in rows if tuple(row.values()) not in present]
    fields = [column.removesuffix("_id") for column in columns if column not in unique]
    model._default_manager.bulk_create(
        [model(**row) for row in changed],
        update_conflicts=True,
        unique_fields=unique,
        update_fields=fields,
        batch_size=BATCH,
    )
    return len(changed)


def _key_of(level: LegacyLevel) -> str:
    return {"province": "legacy_provinces", "district": "legacy_districts", "commune": "legacy_communes"}[level]


def _level_above(level: LegacyLevel) -> str:
    return {"province": "", "district": "province", "commune": "district"}[level]

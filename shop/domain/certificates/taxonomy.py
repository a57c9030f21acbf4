"""The official taxonomy: 6 groups, their sub-groups and 26 criteria sets (Decision 26/2026/QĐ-TTg, annex I)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shop.common.vietnamese import fold

DATA = Path(__file__).parent / "data" / "taxonomy.json"


@dataclass(frozen=True)
class CriteriaSet:
    """One of the 26 sets of criteria by which products are judged."""

    number: int
    name: str
    name_en: str
    slug: str


@dataclass(frozen=True)
class Subgroup:
    """A sub-group (nhóm) of an official group."""

    slug: str
    name: str
    name_en: str
    sets: tuple[CriteriaSet, ...]


@dataclass(frozen=True)
class Group:
    """One of the six official groups (ngành)."""

    code: str
    number: int
    name: str
    name_en: str
    slug: str
    subgroups: tuple[Subgroup, ...]


@cache
def official_groups() -> tuple[Group, ...]:
    """Return the six groups in the official order."""
    return tuple(
        Group(
            **{key: group[key] for key in ("code", "number", "name", "name_en", "slug")},
            subgroups=tuple(
                Subgroup(
                    slug=subgroup["slug"],
                    name=subgroup["name"],
                    name_en=subgroup["name_en"],
                    sets=tuple(CriteriaSet(**criteria_set) for criteria_set in subgroup["sets"]),
                )
                for subgroup in group["subgroups"]
            ),
        )
        for group in _read()["groups"]
    )


def group_of(criteria_set: int | None) -> str:
    """Return the code of the group a criteria set belongs to, or an empty string."""
    return _groups_by_set().get(criteria_set or 0, "")


def understand_group(printed: str) -> str:
    """Return the code of the group a list names, in any scheme since 2018, or an empty string.

    What a list prints may be wrong under the scheme in force (coffee under «Đồ uống»):
    keep the printed text too, and let the criteria set decide.
    """
    return _groups_by_name().get(fold(printed).strip(" .:-"), "")


@cache
def _read() -> dict:
    return json.loads(DATA.read_text(encoding="utf-8"))


@cache
def _groups_by_set() -> dict[int, str]:
    return {
        criteria_set.number: group.code
        for group in official_groups()
        for subgroup in group.subgroups
        for criteria_set in subgroup.sets
    }


@cache
def _groups_by_name() -> dict[str, str]:
    return {fold(name): code for code, names in _read()["older_names"].items() for name in names}

"""The official taxonomy: 6 groups, their sub-groups and 26 criteria sets (Decision 26/2026/QĐ-TTg, annexes I and II).

Older lists name groups of Decision 1048/2019 and 148/2023, or the ministry's own words; all lead here.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shop.common.vietnamese import fold

from .naming import comparable

DATA = Path(__file__).parent / "data"
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
LEADING_WORDS = re.compile(
    r"^(?:(?:ngành hàng|ngành|nhóm sản phẩm|nhóm|phân nhóm|bộ sản phẩm|sản phẩm|lĩnh vực|loại)\s*[:.–-]?\s*)+", re.IGNORECASE
)
LEADING_NUMBER = re.compile(r"^(?:[IVX]+|\d{1,2}|[a-zđ])\s*[.)]\s*", re.IGNORECASE)
# Everything after the name: «(03 sản phẩm)», «: 5 sản phẩm».
TRAILING_COUNT = re.compile(r"(?<![\s:(–,-])[\s:(–,-]*+(?:gồm\s*)?\d+\s*(?:sản phẩm|sp)\b.*$", re.IGNORECASE)


@dataclass(frozen=True)
class CriteriaSet:
    """One of the 26 sets by which a kind of product is judged."""

    number: int
    name: str
    name_en: str


@dataclass(frozen=True)
class SubGroup:
    """A sub-group («nhóm») with its criteria sets; where it has one set only, both bear one name."""

    name: str
    name_en: str
    criteria_sets: tuple[CriteriaSet, ...]


@dataclass(frozen=True)
class Group:
    """A group («ngành»); `code` is the short word used in colours, art and addresses."""

    code: str
    name: str
    name_en: str
    subgroups: tuple[SubGroup, ...]


@dataclass(frozen=True)
class GroupMatch:
    """The group a printed name means: its code, its criteria set when the name says it, the scheme it comes from."""

    code: str
    criteria_set: int | None
    scheme: str

    @property
    def is_of_today(self) -> bool:
        return self.scheme == "QD26"


@cache
def groups() -> tuple[Group, ...]:
    """Return the six groups in their official order."""
    data = json.loads((DATA / "taxonomy.json").read_text(encoding="utf-8"))
    return tuple(
        Group(
            group["code"],
            group["name"],
            group["name_en"],
            tuple(
                SubGroup(sub["name"], sub["name_en"], tuple(CriteriaSet(**one) for one in sub["criteria_sets"]))
                for sub in group["subgroups"]
            ),
        )
        for group in data["groups"]
    )


def group_of_code(code: str) -> Group:
    """Return a group by its short word."""
    return next(group for group in groups() if group.code == code)


def group_of_criteria_set(number: int) -> Group:
    """Return the group a criteria set belongs to; raises StopIteration for a number outside 1–26."""
    return next(group for group in groups() if any(one.number == number for sub in group.subgroups for one in sub.criteria_sets))


def find_group(printed: str) -> GroupMatch | None:
    """Return the group of today that a printed name means, whichever scheme it comes from; None when unknown."""
    without_count = TRAILING_COUNT.sub("", printed.strip())
    for text in (without_count, LEADING_NUMBER.sub("", without_count)):
        for name in (text, LEADING_WORDS.sub("", text)):
            if match := _names().get(_letters(name)):
                return match
    return None


def suggest_criteria_set(*, product_name: str, group_code: str = "") -> int | None:
    """Return the criteria set the product's name speaks of: a suggestion for the shelf, not part of a certificate.

    Without it a spirit would stand beside soft drinks: a group alone does not tell sets 14 and 15 from 16 and 17.
    """
    # With accents: «rượu vang» is alcohol, «trà hoa vàng» is tea.
    words = f" {comparable(product_name)} "
    for number, within, keywords in _keywords():
        if group_code and within and group_code not in within:
            continue
        if any(f" {keyword} " in words for keyword in keywords):
            return number
    return None


@cache
def _names() -> dict[str, GroupMatch]:
    data = json.loads((DATA / "taxonomy.json").read_text(encoding="utf-8"))
    names: dict[str, GroupMatch] = {}
    for scheme, older in data["older_schemes"].items():
        for name, (code, criteria_set) in older.items():
            names[_letters(name)] = GroupMatch(code, criteria_set, scheme)
    for group in groups():
        for sub in group.subgroups:
            only = sub.criteria_sets[0].number if len(sub.criteria_sets) == 1 else None
            names[_letters(sub.name)] = GroupMatch(group.code, only, "QD26")
            for one in sub.criteria_sets:
                names[_letters(one.name)] = GroupMatch(group.code, one.number, "QD26")
    for group in groups():
        names[_letters(group.name)] = GroupMatch(group.code, None, "QD26")
    return names


@cache
def _keywords() -> tuple[tuple[int, frozenset[str], tuple[str, ...]], ...]:
    data = json.loads((DATA / "taxonomy.json").read_text(encoding="utf-8"))
    return tuple(
        (row["criteria_set"], frozenset(row.get("within", ())), tuple(comparable(keyword) for keyword in row["keywords"]))
        for row in data["keywords"]
    )


def _letters(text: str) -> str:
    return NOT_A_LETTER.sub("", fold(text))

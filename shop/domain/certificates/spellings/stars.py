"""Read a number of stars however it is written; never read more than is said."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from shop.common.vietnamese import fold

from .texts import as_text

MIN_STARS, MAX_STARS = 3, 5
WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "three": 3, "four": 4, "five": 5}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
STAR_SIGNS = str.maketrans({"★": "*", "☆": "*", "⭐": "*", "✱": "*", "＊": "*", "∗": "*", "✭": "*", "🌟": "*", "\ufe0f": ""})

NUMBER = r"(?<![\d.,/°])0*(\d{1,2})(?:[.,]0+)?"
WITH_WORD = re.compile(rf"{NUMBER}\s*-?\s*(?:sao|stars?)\b")
WITH_ONE_SIGN = re.compile(rf"{NUMBER}\s*\*(?![\s*]*\*)")
IN_WORDS = re.compile(rf"\b({'|'.join(WORDS)})\s*(?:\(\s*0*(\d{{1,2}})\s*\)\s*)?(?:sao|stars?)\b")
NUMBER_AND_WORDS = re.compile(rf"\b0*(\d{{1,2}})\s*\(\s*({'|'.join(WORDS)})\s*\)\s*(?:sao|stars?)\b")
SIGNS = re.compile(r"\*(?:\s*\*)+")
AFTER_RANK = re.compile(r"\b(?:ocop|hang|xep loai|dat)\s*[.:_-]?\s*0*(\d{1,2})(?![\d.,/%])\b")
ROMAN_STARS = re.compile(r"\b(?:hang\s*)?(i{1,3}|iv|v)\s*sao\b")
BARE = re.compile(r"0*(\d{1,3})(?:[.,]0+)?")
BARE_ROMAN = re.compile(r"(?:hang\s*)?(i{1,3}|iv|v)")
RANGE = re.compile(r"\d\s*(?:sao)?\s*(?:-|–|/|den|hoac|va|,)\s*\d\s*(?:sao|\*)|sao tro len")

# «Nâng hạng từ 3 sao lên 4 sao»: the rank before is history.
BEFORE_UPGRADE = re.compile(r"(?:\btu\s*)?\b0*\d\s*(?:sao|\*)\s*(?:len|thanh|->|→)\s*(?:hang\s*)?(?=0*\d)")

STAR = r"(?:0*\d(?:\s*sao|\s*\*)?|(?:ba|bon|nam)\s*sao|\*(?:\s*\*)+)"
CANDIDATE = r"(?:tiem nang|de nghi|de xuat|du kien|huong toi|phan dau|chuan bi|trinh|potential)"
CANDIDATE_THEN_STAR = re.compile(rf"{CANDIDATE}(?:\W|dat|hang|len|cap|ocop|quoc gia|trung uong|cong nhan|danh gia|phan)*{STAR}")
STAR_THEN_CANDIDATE = re.compile(rf"{STAR}[^\w*]*{CANDIDATE}")
HAS_CANDIDATE = re.compile(CANDIDATE)


class StarProblem(StrEnum):
    """Why a text gives no star."""

    UNREADABLE = "stars_unreadable"
    OUT_OF_RANGE = "stars_out_of_range"
    CONTRADICT = "stars_contradict"
    CANDIDATE = "five_star_candidate"


@dataclass(frozen=True)
class StarReading:
    """Three to five stars, or why not. `mentions_candidate`: the text also speaks of a rank hoped for."""

    stars: int | None = None
    problem: StarProblem | None = None
    mentions_candidate: bool = False
    # Where a heading said it.
    text: str = field(default="", compare=False)


NOTHING = StarReading()


def read_stars(cell: object) -> StarReading:
    """Read a cell of the star column; a blank one says nothing."""
    text = as_text(cell)
    if not text:
        return NOTHING
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _judge({int(cell)}, text) if float(cell).is_integer() else StarReading(problem=StarProblem.UNREADABLE)
    plain = fold(text.translate(STAR_SIGNS))
    without_hopes, mentions_candidate = _without_hopes(plain)
    if mentions_candidate and not _values(without_hopes, is_cell=True):
        return StarReading(problem=StarProblem.CANDIDATE, mentions_candidate=True)
    if RANGE.search(without_hopes):
        return StarReading(problem=StarProblem.UNREADABLE)
    return _judge(_values(without_hopes, is_cell=True), text, mentions_candidate)


def find_stars(text: str) -> StarReading:
    """Read the one rank a heading speaks of; several ranks, or none, say nothing."""
    plain = fold(text.translate(STAR_SIGNS))
    without_hopes, mentions_candidate = _without_hopes(plain)
    values = set() if RANGE.search(without_hopes) else _values(without_hopes, is_cell=False)
    if not values and mentions_candidate:
        return StarReading(problem=StarProblem.CANDIDATE, mentions_candidate=True, text=text)
    if len(values) != 1:
        return NOTHING
    return replace(_judge(values, text, mentions_candidate), text=text)


def _without_hopes(plain: str) -> tuple[str, bool]:
    plain = BEFORE_UPGRADE.sub("", plain)
    if not HAS_CANDIDATE.search(plain):
        return plain, False
    rest = CANDIDATE_THEN_STAR.sub(" ", plain)
    if rest == plain:
        rest = STAR_THEN_CANDIDATE.sub(" ", plain)
    # «trình», «đề nghị» without a rank beside them hope for nothing.
    return rest, rest != plain


def _values(plain: str, *, is_cell: bool) -> set[int]:
    values = {int(found) for found in WITH_WORD.findall(plain)}
    values |= {int(found) for found in WITH_ONE_SIGN.findall(plain)}
    values |= {WORDS[word] for word, _digits in IN_WORDS.findall(plain)}
    values |= {int(digits) for _word, digits in IN_WORDS.findall(plain) if digits}
    values |= {int(digits) for digits, _word in NUMBER_AND_WORDS.findall(plain)}
    values |= {WORDS[word] for _digits, word in NUMBER_AND_WORDS.findall(plain)}
    values |= {found.count("*") for found in SIGNS.findall(plain)}
    values |= {ROMAN[found] for found in ROMAN_STARS.findall(plain)}
    if is_cell:
        values |= {int(found) for found in AFTER_RANK.findall(plain)}
        if bare := BARE.fullmatch(plain.strip(" .()")):
            values.add(int(bare[1]))
        if roman := BARE_ROMAN.fullmatch(plain.strip(" .()")):
            values.add(ROMAN[roman[1]])
        if plain.strip(" .()") in WORDS:
            values.add(WORDS[plain.strip(" .()")])
        if plain.strip(" .()") == "*":
            values.add(1)
    return values


def _judge(values: set[int], text: str, mentions_candidate: bool = False) -> StarReading:  # noqa: FBT001, FBT002
    if not values:
        return StarReading(problem=StarProblem.UNREADABLE if text else None)
    if len(values) > 1:
        return StarReading(problem=StarProblem.CONTRADICT)
    (stars,) = values
    if not MIN_STARS <= stars <= MAX_STARS:
        return StarReading(problem=StarProblem.OUT_OF_RANGE)
    return StarReading(stars=stars, mentions_candidate=mentions_candidate)

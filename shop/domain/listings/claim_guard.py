"""Sentences that a listing may not say, found in a producer's text: more stars than certified, cures, borrowed marks.

A finding is a warning and a flag for the moderator, never a refusal: a machine that reads words does not understand them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from catalogue_ext.placeholder_art import LAST_SET_OF_GROUP
from shop.common.vietnamese import fold


class ClaimKind(StrEnum):
    """What is wrong with a sentence."""

    MORE_STARS = "more_stars"
    NOT_CERTIFIED = "not_certified"
    MEDICINE = "medicine"


@dataclass(frozen=True)
class Finding:
    """One sentence, and the field it stands in."""

    kind: str
    field: str
    sentence: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


EATEN = frozenset({"food", "bev", "herb"})
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
SENTENCE_SHOWN = 300
STAR_SIGNS = "★⭐🌟✮✯✪✭"
# With accents and, as many type, without.
NUMBERS = {"một": 1, "mot": 1, "hai": 2, "ba": 3, "bốn": 4, "bon": 4, "năm": 5, "nam": 5} | {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
}
NUMBER = r"(?<![\w.,])(\d{1,2}|" + "|".join(NUMBERS) + r")"
STARS_IN_WORDS = re.compile(NUMBER + r"\s*-?\s*(?:sao|stars?|\*)(?!\w)")
STARS_IN_SIGNS = re.compile(NUMBER + rf"\s*[x×]?\s*[{STAR_SIGNS}]|[{STAR_SIGNS}]\ufe0f?\s*[x×]\s*(\d{{1,2}})")
ROW_OF_STARS = re.compile(rf"(?:[{STAR_SIGNS}]\ufe0f?\s*)+|(?<!\w)\*{{3,6}}(?!\w)")
OCOP = re.compile(r"(?<!\w)o\s?c\s?o\s?p(?!\w)")
# As written with accents, and (a Vietnamese who types without them means the same) as folded.
CURES = (
    "trị dứt điểm",
    "chữa khỏi",
    "chữa bệnh",
    "chữa trị",
    "chữa dứt",
    "điều trị",
    "đặc trị",
    "trị bệnh",
    "trị tận gốc",
    "khỏi bệnh",
    "hết bệnh",
    "dứt bệnh",
    "thay thuốc",
    "thay thế thuốc",
    "như thuốc chữa bệnh",
    "thần dược",
    "tiêu diệt tế bào ung thư",
    "chống ung thư",
    "ngừa ung thư",
    "chữa ung thư",
    "trị ung thư",
    "hạ đường huyết",
    "trị tiểu đường",
)
CURES_WITHOUT_ACCENTS = tuple(fold(words) for words in CURES)
CURES_IN_ENGLISH = re.compile(
    r"(?<!\w)(?:cur(?:es?|ed|ing)|heal(?:s|ed|ing)?|treat(?:s|ed|ing|ment of)"
    r"|(?:anti|prevents?|against)[- ]cancer|miracle drug|medicine for)(?!\w)"
)


def find_claims(*, texts: Mapping[str, str], stars: int | None, criteria_set: int | None) -> list[Finding]:
    """Return the sentences to warn of; `stars` are those of the valid certificate, None when there is none."""
    is_eaten = _group_of(criteria_set) in EATEN
    return [
        Finding(kind, field, sentence[:SENTENCE_SHOWN])
        for field, text in texts.items()
        for sentence in filter(None, (part.strip() for part in SENTENCE_END.split(text)))
        for kind in _kinds_in(sentence, stars=stars, is_eaten=is_eaten)
    ]


def _kinds_in(sentence: str, *, stars: int | None, is_eaten: bool) -> Iterator[str]:
    # Compatibility forms (５ sao) read like the plain ones.
    lowered = " ".join(unicodedata.normalize("NFKC", sentence).casefold().split())
    folded = fold(lowered)
    claimed = max(_stars_claimed(lowered), default=0)
    if stars is None and (claimed or OCOP.search(folded)):
        yield ClaimKind.NOT_CERTIFIED
    elif stars is not None and claimed > stars:
        yield ClaimKind.MORE_STARS
    if is_eaten and _speaks_of_cures(lowered, folded):
        yield ClaimKind.MEDICINE


def _stars_claimed(lowered: str) -> Iterable[int]:
    for match in (*STARS_IN_WORDS.finditer(lowered), *STARS_IN_SIGNS.finditer(lowered)):
        yield from (_number(text) for text in match.groups() if text)
    for row in ROW_OF_STARS.finditer(lowered):
        yield sum(sign in f"{STAR_SIGNS}*" for sign in row.group())


def _number(text: str) -> int:
    return NUMBERS[text] if text in NUMBERS else int(text)


def _speaks_of_cures(lowered: str, folded: str) -> bool:
    if any(words in lowered for words in CURES) or CURES_IN_ENGLISH.search(folded):
        return True
    # Without accents «chua» may be sour, so only a sentence that has none at all is read this way.
    is_without_accents = folded == lowered
    return is_without_accents and any(words in folded for words in CURES_WITHOUT_ACCENTS)


def _group_of(criteria_set: int | None) -> str:
    return next((group for last, group in LAST_SET_OF_GROUP if criteria_set and criteria_set <= last), "food")

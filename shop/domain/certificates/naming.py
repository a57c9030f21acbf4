"""Names for comparing: exact accents, one spelling of everything else, short forms written out."""

import re
import unicodedata

from shop.common.vietnamese import fold, normalise

# «hoà» and «hòa», «thuý» and «thúy» are two habits of writing one word; only open syllables differ.
TONE_ON_SECOND_VOWEL = re.compile(r"o([àáảãạèéẻẽẹ])(?![\w])|(?<!q)u([ỳýỷỹỵ])(?!\w)")
FIRST_VOWEL = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "òóỏõọòóỏõọùúủũụ", strict=True))
SECOND_VOWEL = dict(zip("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy", strict=True))
NOT_IN_NAMES = re.compile(r"[^\w%°+]+")
# What offices shorten, by whole words, on folded text with its accents taken off.
ABBREVIATIONS = (
    (r"\b(ctcp|cty cp|ct cp|cong ty cp)\b", "cong ty co phan"),
    (r"\b(ct|cty) tnhh\b", "cong ty tnhh"),
    (r"\bcty\b", "cong ty"),
    (r"\bcong ty trach nhiem huu han\b", "cong ty tnhh"),
    (r"\b(mtv|1 thanh vien|1tv)\b", "mot thanh vien"),
    (r"\bhtxnn\b", "hop tac xa nong nghiep"),
    (r"\bhtx dv(nn)?\b", "hop tac xa dich vu"),
    (r"\bhtx\b", "hop tac xa"),
    (r"\btht\b", "to hop tac"),
    (r"\bhkd\b", "ho kinh doanh"),
    (r"\bcssx\b", "co so san xuat"),
    (r"\bdntn\b", "doanh nghiep tu nhan"),
    (r"\bsxkd\b", "san xuat kinh doanh"),
)
COMPILED_ABBREVIATIONS = tuple((re.compile(pattern), full) for pattern, full in ABBREVIATIONS)
# The same words with their accents, for the accent-exact key.
FULL_WITH_ACCENTS = {
    "ctcp": "công ty cổ phần",
    "công ty cp": "công ty cổ phần",
    "cty cp": "công ty cổ phần",
    "cty": "công ty",
    "công ty trách nhiệm hữu hạn": "công ty tnhh",
    "mtv": "một thành viên",
    "htxnn": "hợp tác xã nông nghiệp",
    "htx": "hợp tác xã",
    "tht": "tổ hợp tác",
    "hkd": "hộ kinh doanh",
    "cssx": "cơ sở sản xuất",
    "dntn": "doanh nghiệp tư nhân",
    "sxkd": "sản xuất kinh doanh",
}
SHORT_FORMS = re.compile(rf"\b({'|'.join(sorted(map(re.escape, FULL_WITH_ACCENTS), key=len, reverse=True))})\b")


def comparable(text: str) -> str:
    """Return a name for comparing: composed, small, one tone habit, no punctuation; accents stay.

    «Bánh dừa» and «Bánh dứa» are two products, «Trà Thuý» and «TRÀ  THÚY» are one.
    """
    small = unicodedata.normalize("NFKC", normalise(text)).casefold()
    return NOT_IN_NAMES.sub(" ", one_tone_habit(small)).strip()


def one_tone_habit(text: str) -> str:
    """Return the text with the tone on the first of two vowels: Hòa Bình for Hoà Bình."""
    return TONE_ON_SECOND_VOWEL.sub(_tone_on_first_vowel, text)


def producer_key(text: str) -> str:
    """Return a producer's name for comparing, with the usual short forms written out: CTCP, HTX, HKD."""
    return SHORT_FORMS.sub(lambda found: FULL_WITH_ACCENTS[found[1]], comparable(text))


def folded_producer_name(text: str) -> str:
    """Return a producer's name without accents and short forms, as profiles are looked up."""
    folded = NOT_IN_NAMES.sub(" ", fold(text)).strip()
    for pattern, full in COMPILED_ABBREVIATIONS:
        folded = pattern.sub(full, folded)
    return folded


def _tone_on_first_vowel(found: re.Match[str]) -> str:
    vowel = found[1] or found[2]
    return FIRST_VOWEL[vowel] + SECOND_VOWEL[vowel]

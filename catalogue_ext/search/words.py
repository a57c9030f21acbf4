"""Words as search compares them: exact (with accents) and folded (without)."""

import re

from shop.common.vietnamese import fold, normalise

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 10
LONGEST_WORD = 40
# «hoà» and «hòa», «thuỷ» and «thủy» are one word in two schools of writing; search writes the older one.
TONE_PLACES = {
    **dict(zip(("òa", "óa", "ỏa", "õa", "ọa"), ("oà", "oá", "oả", "oã", "oạ"), strict=True)),
    **dict(zip(("òe", "óe", "ỏe", "õe", "ọe"), ("oè", "oé", "oẻ", "oẽ", "oẹ"), strict=True)),
    **dict(zip(("ùy", "úy", "ủy", "ũy", "ụy"), ("uỳ", "uý", "uỷ", "uỹ", "uỵ"), strict=True)),
}
TONE_PLACE = re.compile("|".join(TONE_PLACES))


def exact_words(text: str) -> list[str]:
    """Return the words of `text` in small letters and composed Unicode, accents kept."""
    return [TONE_PLACE.sub(lambda pair: TONE_PLACES[pair[0]], word) for word in WORD.findall(normalise(text).casefold())]


def folded_words(text: str) -> list[str]:
    """Return the words of `text` without accents, đ as d."""
    return WORD.findall(fold(text))

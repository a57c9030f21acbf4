"""Vietnamese text: one spelling of each letter, text without accents, and addresses for URLs."""

import re
import unicodedata
from functools import lru_cache

# The Icelandic Ð and the African Ɖ look like the Vietnamese Đ and come out of old fonts and PDFs in its place.
LOOKALIKES_OF_D = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D"})
# Written as escapes because none of them can be seen: zero-width spaces and joiners, word joiner, BOM, soft hyphen.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SPACES = re.compile(r"\s+")
NOT_FOR_SLUGS = re.compile(r"[^a-z0-9]+")


# Lists and addresses repeat themselves: the same words come by the thousand.
@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Return the text in composed Unicode with real Đ, nothing invisible, and single spaces.

    What people see stays as it was; only what they cannot see changes.
    """
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", text)).translate(LOOKALIKES_OF_D)
    return SPACES.sub(" ", composed).strip()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return the text for comparing: no accents, đ as d, small letters, single spaces.

    Đ has no decomposition in Unicode, so it must become d before the accents are taken off.
    """
    small = normalise(text).casefold().translate(D_WITH_STROKE)
    without_marks = "".join(c for c in unicodedata.normalize("NFD", small) if unicodedata.category(c) != "Mn")
    return SPACES.sub(" ", unicodedata.normalize("NFC", without_marks.casefold())).strip()


def slugify(value: str, allow_unicode: bool = False) -> str:  # noqa: ARG001, FBT001, FBT002 -- Oscar's signature
    """Return the text for a URL: Đường thốt nốt becomes duong-thot-not."""
    return NOT_FOR_SLUGS.sub("-", fold(value)).strip("-")

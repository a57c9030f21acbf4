"""Which words of a listing are its producer's to write; those of the certificate are not among them."""

import re
import unicodedata
from collections.abc import Mapping

from catalogue_ext.models import Product

# Longest text of each field, in characters; every one has an English column beside it.
LIMITS = {
    "title": 255,
    "description": 600,
    "story": 5000,
    "ingredients": 1000,
    "storage": 255,
    "shelf_life": 128,
}
ENGLISH = "_en"
TEXT_FIELDS = tuple(name + suffix for name in LIMITS for suffix in ("", ENGLISH))
ONE_LINE = frozenset({"title", "title_en", "storage", "storage_en", "shelf_life", "shelf_life_en"})
# What cannot be seen has no place in a text, but for line breaks; the rest of the controls hide words from readers.
LINE_BREAK = re.compile(r"\r\n?|[\u2028\u2029]")
MANY_BREAKS = re.compile(r"\n{3,}")


def limit_of(field: str) -> int:
    """Return how many characters a field takes."""
    return LIMITS[field.removesuffix(ENGLISH)]


def clean_text(*, field: str, text: str) -> str:
    """Return a text as it is kept: plain, composed Unicode, no invisible signs; mark-up stays what it is, letters.

    Texts are plain on purpose: they are escaped wherever they are shown, so there is no list of allowed tags to get wrong.
    """
    composed = unicodedata.normalize("NFC", LINE_BREAK.sub("\n", text))
    visible = "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"})
    if field in ONE_LINE:
        return " ".join(visible.split())
    lines = [" ".join(line.split()) for line in visible.split("\n")]
    return MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def texts_of(product: Product) -> dict[str, str]:
    """Return every text of a product as it stands on its page."""
    return {name: getattr(product, name) for name in TEXT_FIELDS}


def changed_texts(product: Product, texts: Mapping[str, str]) -> dict[str, str]:
    """Return those of `texts`, cleaned, that differ from the product's; a field that is no text of ours is left out."""
    cleaned = {name: clean_text(field=name, text=texts[name]) for name in TEXT_FIELDS if name in texts}
    return {name: text for name, text in cleaned.items() if text != getattr(product, name)}


def says_what_its_certificate_says(product: Product, certified_name: str) -> bool:
    """Whether nobody has written anything: the title is the certificate's, and there is no other text."""
    texts = texts_of(product)
    title = texts.pop("title")
    return title == certified_name[: LIMITS["title"]] and not any(texts.values())

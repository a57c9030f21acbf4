"""A code as people type it: in any case, with accents their keyboard put there, with spaces in it or around it."""

import re
import unicodedata

from shop.common.vietnamese import fold

from .models import LONGEST_CODE

SHORTEST_CODE = 4
CODE = re.compile(rf"[A-Z0-9](?:[A-Z0-9-]{{{SHORTEST_CODE - 2},{LONGEST_CODE - 2}}})[A-Z0-9]")
# Longer than any code with spaces between all of its letters; the rest is not read.
LONGEST_TYPED = 200


def clean_code(text: str) -> str:
    """Return what was typed the way codes are kept: «tết 2026» becomes TET2026."""
    return "".join(fold(unicodedata.normalize("NFKC", text[:LONGEST_TYPED])).split()).upper()


def is_code(code: str) -> bool:
    """Whether a cleaned text could be a code at all: 4 to 32 letters and digits, hyphens between them."""
    return CODE.fullmatch(code) is not None

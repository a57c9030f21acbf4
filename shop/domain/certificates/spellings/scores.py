"""Read a score and the stars it reaches (Decision 26/2026/QĐ-TTg, art. 3.3)."""

import re
from decimal import Decimal

from .texts import as_text

# Score from which a rank can be given; the marked criteria decide too, so a higher score alone promises nothing.
LOWEST_SCORE = {5: Decimal(90), 4: Decimal(70), 3: Decimal(50), 2: Decimal(30), 1: Decimal(0)}
HIGHEST_SCORE = Decimal(100)
SCORE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*(?:điểm|đ|/\s*100)?", re.IGNORECASE)
NO_SCORE = frozenset({"", "-", "–", "x", "không"})


class ScoreUnreadable(ValueError):
    """The text is no number from 0 to 100."""


def read_score(cell: object) -> Decimal | None:
    """Return the score with two decimals, None for a blank; raises ScoreUnreadable."""
    text = as_text(cell)
    if text.casefold() in NO_SCORE:
        return None
    found = SCORE.fullmatch(text)
    if not found:
        raise ScoreUnreadable(text)
    score = Decimal(found[1].replace(",", "."))
    if score > HIGHEST_SCORE:
        raise ScoreUnreadable(text)
    return score.quantize(Decimal("0.01"))


def stars_reached(score: Decimal) -> int:
    """Return the highest rank the score is enough for."""
    return next(stars for stars, lowest in LOWEST_SCORE.items() if score >= lowest)


def format_score(score: Decimal) -> str:
    """Write a score as it is printed: 66,5."""
    return f"{score.normalize():f}".replace(".", ",")

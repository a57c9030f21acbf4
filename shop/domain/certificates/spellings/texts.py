"""Cells as text, and text for comparing names: exact accents, one spelling of everything else."""

import re
import unicodedata
from datetime import date

from shop.common.vietnamese import normalise

LATIN_NEIGHBOUR = re.compile(r"\w+")


def as_text(cell: object) -> str:
    """Return what a person reads in the cell: 1.0 as 1, a day as 05/08/2026, odd spaces as single ones."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    if isinstance(cell, date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year:04}"
    return normalise(str(cell))


def foreign_letters(text: str) -> str:
    """Return the letters of other alphabets inside words that also have Latin ones: look-alikes."""
    found: list[str] = []
    for word in LATIN_NEIGHBOUR.findall(text):
        scripts = {letter: unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
        if "LATIN" in scripts.values():
            found += [letter for letter, script in scripts.items() if script in {"CYRILLIC", "GREEK"}]
    return "".join(dict.fromkeys(found))

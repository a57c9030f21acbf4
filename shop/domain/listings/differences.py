"""Two texts side by side, word by word: what went, what came, what stayed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[\w%]+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """The old text in pieces, the same and gone ones; the new one in pieces, the same and new ones."""

    old: list[Piece]
    new: list[Piece]


def compare_texts(old: str, new: str) -> Difference:
    """Compare two texts of a listing word by word."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    left, right = [], []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        if tag == "equal":
            left.append(Piece("same", gone))
            right.append(Piece("same", came))
            continue
        if gone:
            left.append(Piece("gone", gone))
        if came:
            right.append(Piece("new", came))
    return Difference(left, right)


def percent_moved(old_vnd: int, new_vnd: int) -> int:
    """Return by how many per cent a price moves, rounded: 100 → 140 is 40."""
    return round(100 * (new_vnd - old_vnd) / old_vnd)

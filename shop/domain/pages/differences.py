"""What changed between two texts, line by line, and inside a line word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
# Below this share of common words two lines are two lines, not one that was changed.
ALIKE = 0.4
# Comparing words takes the square of their number.
MOST_WORDS = 1500


@dataclass(frozen=True)
class Piece:
    """Some words of a line; `kind` is kept, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class DifferentLine:
    """One line of a comparison; `kind` is kept, added or removed."""

    kind: str
    pieces: tuple[Piece, ...]


def compare_texts(old: str, new: str) -> list[DifferentLine]:
    """Return the lines of both texts in reading order."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[DifferentLine] = []
    for code, i1, i2, j1, j2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if code == "equal":
            lines += [DifferentLine("kept", (Piece("kept", line),)) for line in before[i1:i2]]
        else:
            lines += _changed(before[i1:i2], after[j1:j2])
    return lines


def has_changes(lines: list[DifferentLine]) -> bool:
    """Say whether anything differs."""
    return any(line.kind != "kept" for line in lines)


def _changed(before: list[str], after: list[str]) -> Iterator[DifferentLine]:
    for number in range(max(len(before), len(after))):
        old = before[number] if number < len(before) else None
        new = after[number] if number < len(after) else None
        yield from _changed_line(old, new)


def _changed_line(old: str | None, new: str | None) -> Iterator[DifferentLine]:
    before, after = WORDS.findall(old or ""), WORDS.findall(new or "")
    words = SequenceMatcher(a=before, b=after, autojunk=False)
    is_rewritten = bool(old and new) and (max(len(before), len(after)) > MOST_WORDS or words.ratio() < ALIKE)
    if old is not None:
        yield DifferentLine("removed", _whole("removed", old) if is_rewritten else tuple(_pieces(words, before, "removed")))
    if new is not None:
        yield DifferentLine("added", _whole("added", new) if is_rewritten else tuple(_pieces(words, after, "added")))


def _whole(kind: str, line: str) -> tuple[Piece, ...]:
    return (Piece(kind, line),)


def _pieces(words: SequenceMatcher[str], line: list[str], kind: str) -> Iterator[Piece]:
    for code, i1, i2, j1, j2 in words.get_opcodes():
        text = "".join(line[i1:i2] if kind == "removed" else line[j1:j2])
        if text:
            yield Piece("kept" if code == "equal" else kind, text)

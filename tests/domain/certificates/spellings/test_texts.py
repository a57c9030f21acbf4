"""Cells as a person reads them, and letters that only look Latin."""

from datetime import UTC, date, datetime

import pytest

from shop.domain.certificates.spellings.texts import as_text, foreign_letters


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""), (True, "TRUE"), (False, "FALSE"), (1.0, "1"), (1, "1"), (66.5, "66,5"), (0.1, "0,1"),
        (date(2026, 8, 5), "05/08/2026"), (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), "25/12/2026"),
        (date(987, 1, 2), "02/01/0987"),
        ("  Mật\u00a0 ong\n", "Mật ong"), ("Ðà Lạt", "Đà Lạt"),
    ],
)  # fmt: skip
def test_as_text_is_what_a_person_reads(cell, text):
    assert as_text(cell) == text


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Mật ong", ""),
        ("Mậт оng", "то"),
        # Each letter is told once, in its order; Greek looks alike as well.
        ("тoтo αa", "тα"),
        # A word of another alphabet alone imitates nothing.
        ("Чай 3β", ""),
        ("茶a", ""),
    ],
)
def test_foreign_letters_are_those_inside_latin_words(text, letters):
    assert foreign_letters(text) == letters

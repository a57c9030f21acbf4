"""Scores from 0 to 100, and the rank each is enough for."""

from decimal import Decimal

import pytest

from shop.domain.certificates.spellings.scores import ScoreUnreadable, format_score, read_score, stars_reached


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("66,5", "66.50"), ("91.14", "91.14"), (70, "70.00"), (50.5, "50.50"), ("80 điểm", "80.00"), ("80đ", "80.00"),
        ("80/100", "80.00"), ("100", "100.00"), ("0", "0.00"), ("66,6666", "66.67"),
        (None, None), ("", None), ("-", None), ("–", None), ("X", None), ("Không", None),
    ],
)  # fmt: skip
def test_read_score_understands(cell, score):
    assert read_score(cell) == (score and Decimal(score))
    assert str(read_score(cell)) == str(score)


@pytest.mark.parametrize("cell", ["100,01", "101", "1000", "tám mươi", "-5", "66,66666", "4/5"])
def test_read_score_refuses(cell):
    with pytest.raises(ScoreUnreadable, match=cell):
        read_score(cell)


@pytest.mark.parametrize(
    ("score", "stars"),
    [("100", 5), ("90", 5), ("89.99", 4), ("70", 4), ("69.99", 3), ("50", 3), ("49.99", 2), ("30", 2), ("29", 1)],
)
def test_stars_reached_follow_the_bands_of_the_programme(score, stars):
    assert stars_reached(Decimal(score)) == stars


def test_format_score_prints_no_idle_zeros():
    assert [format_score(Decimal(text)) for text in ("66.50", "70.00", "100", "0.00")] == ["66,5", "70", "100", "0"]

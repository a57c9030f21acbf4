"""Stars in every spelling, and nothing read that is not said."""

import pytest

from shop.domain.certificates.spellings.stars import find_stars, read_stars


@pytest.mark.parametrize(
    ("cell", "stars"),
    [
        ("4 sao (****)", 4), ("3*", 3), ("***", 3), ("Ocop.4", 4), ("Bốn sao", 4), ("Hạng 4 sao", 4), ("IV", 4), ("4.0", 4),
        (4.0, 4),
        (3, 3), ("OCOP 5 sao", 5), ("★★★★", 4), ("04 sao", 4), ("bốn (04) sao", 4), ("4 (bốn) sao", 4), ("Hạng 3", 3), ("4★", 4),
        ("* * * *", 4), ("Đạt hạng 4 sao", 4), ("3 sao***", 3), ("3sao", 3),
        ("BA SAO", 3), ("5 sao cấp quốc gia", 5), ("4 stars", 4),
        ("4 sao\n(****)", 4), ("4\u00a0sao", 4), ("Bo\u0302\u0301n sao", 4),
    ],
)  # fmt: skip
def test_read_stars_understands(cell, stars):
    assert read_stars(cell).stars == stars


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("Tiềm năng 5 sao", "five_star_candidate"),
        ("5 sao (tiềm năng)", "five_star_candidate"),
        ("TIỀM NĂNG *****", "five_star_candidate"),
        ("đề nghị 5 sao", "five_star_candidate"),
        ("1 sao", "stars_out_of_range"),
        ("2*", "stars_out_of_range"),
        ("0", "stars_out_of_range"),
        (0, "stars_out_of_range"),
        ("7 sao", "stars_out_of_range"),
        ("4 sao (***)", "stars_contradict"),
        ("3-4 sao", "stars_unreadable"),
        ("Đạt", "stars_unreadable"),
        (4.5, "stars_unreadable"),
        ("4,5", "stars_unreadable"),
    ],
)
def test_read_stars_refuses(cell, problem):
    reading = read_stars(cell)

    assert (reading.stars, reading.problem) == (None, problem)


def test_read_stars_keeps_the_rank_beside_a_potential_one():
    reading = read_stars("4 sao (tiềm năng 5 sao)")

    assert (reading.stars, reading.problem, reading.mentions_candidate) == (4, None, True)


def test_read_stars_says_nothing_of_a_blank_cell():
    assert read_stars(None) == read_stars("  ")
    assert read_stars(None).problem is None


@pytest.mark.parametrize(
    ("line", "stars"),
    [
        ("TỔNG HỢP SẢN PHẨM OCOP ĐẠT 4 SAO TỈNH HẢI DƯƠNG NĂM 2023", 4),
        ("Công nhận sản phẩm đạt hạng 4 sao, gồm 05 sản phẩm", 4),
        ("DANH SÁCH SẢN PHẨM OCOP CẤP QUỐC GIA (5 SAO)", 5),
        ("II. Hạng bốn sao", 4),
        ("Sản phẩm đạt 3 sao, 4 sao", None),
        ("Sản phẩm từ 3 sao trở lên", None),
        ("Sản phẩm tiềm năng 5 sao", None),
        ("KẾT QUẢ PHÂN HẠNG SẢN PHẨM OCOP NĂM 2025", None),
    ],
)
def test_find_stars_reads_the_one_rank_of_a_heading(line, stars):
    assert find_stars(line).stars == stars

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


@pytest.mark.parametrize(
    ("cell", "stars"),
    [
        ("3 (ba) sao", 3), ("bốn ( 4 ) sao", 4), ("năm sao", 5), ("III", 3), ("hạng v", 5), ("Hạng iv sao", 4), ("tư", 4),
        ("xếp loại: 4", 4), ("(4)", 4), ("004", 4), ("4,0", 4), ("đạt 3", 3), ("5☆", 5), ("4 *", 4), (5.0, 5),
        ("Nâng hạng từ 3 sao lên 4 sao", 4), ("đề nghị công nhận lại, 4 sao", 4), ("4 (tiềm năng 5 sao)", 4),
        ("trình UBND: 4 sao", 4),
    ],
)  # fmt: skip
def test_read_stars_understands_words_numerals_and_signs(cell, stars):
    assert read_stars(cell).stars == stars


@pytest.mark.parametrize(
    ("cell", "problem", "mentions"),
    [
        ("*", "stars_out_of_range", False),
        ("ii", "stars_out_of_range", False),
        ("bảy sao", "stars_out_of_range", False),
        ("3 (bốn) sao", "stars_contradict", False),
        ("bốn (3) sao", "stars_contradict", False),
        ("4 sao, IV sao, 3*", "stars_contradict", False),
        (True, "stars_unreadable", False),
        (2.5, "stars_unreadable", False),
        (6, "stars_out_of_range", False),
        ("3 hoặc 4 sao", "stars_unreadable", False),
        ("3 sao trở lên", "stars_unreadable", False),
        ("1000", "stars_unreadable", False),
        ("phấn đấu 4 sao", "five_star_candidate", True),
        ("*** (tiềm năng)", "five_star_candidate", True),
    ],
)
def test_read_stars_says_why_not(cell, problem, mentions):
    reading = read_stars(cell)

    assert (reading.stars, reading.problem, reading.mentions_candidate) == (None, problem, mentions)


@pytest.mark.parametrize(
    ("line", "stars", "problem", "mentions", "text"),
    [
        ("Hạng 4 sao (tiềm năng 5 sao)", 4, None, True, True),
        ("Hạng 4 sao", 4, None, False, True),
        ("Tiềm năng 5 sao", None, "five_star_candidate", True, True),
        ("Sản phẩm 2 sao", None, "stars_out_of_range", False, True),
        ("Sản phẩm từ 3 đến 4 sao", None, None, False, False),
        # A number behind «hạng» alone is a rank in a cell, not in a sentence.
        ("Xếp hạng 4 năm 2025", None, None, False, False),
        ("4", None, None, False, False),
    ],
)
def test_find_stars_keeps_the_words_it_read(line, stars, problem, mentions, text):
    reading = find_stars(line)

    assert (reading.stars, reading.problem, reading.mentions_candidate) == (stars, problem, mentions)
    assert reading.text == (line if text else "")

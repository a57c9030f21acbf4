"""What is wrong is said with its place, kept as it was found, and said again in any language."""

import pytest
from django.utils import translation

from shop.domain.certificates.annexes.problems import ERRORS, WARNINGS, Problem, ProblemLevel, column_name

SCORE = Problem("score_unreadable", row=4, column="Điểm", value="nhiều", sheet="Phụ lục")


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (SCORE, "Dòng 4, cột «Điểm»: không hiểu điểm «nhiều»; cần số từ 0 đến 100"),
        (Problem("product_missing", row=4, sheet="Phụ lục"), "Dòng 4: không có tên sản phẩm"),
        (Problem("no_rows", sheet="Phụ lục"), "Trang «Phụ lục»: không có dòng sản phẩm nào"),
        # A column without a row is a place nobody finds.
        (Problem("no_rows", sheet="Phụ lục", column="Điểm"), "Không có dòng sản phẩm nào"),
        (Problem("file_empty"), "Tệp trống"),
    ],
)
def test_a_problem_says_where_and_what_was_expected(problem, message):
    assert problem.message == message


def test_a_problem_beside_its_row_is_a_sentence_alone():
    assert SCORE.sentence == "Không hiểu điểm «nhiều»; cần số từ 0 đến 100"
    with translation.override("en"):
        assert SCORE.sentence.startswith("The score") or "nhiều" in SCORE.sentence
        assert SCORE.sentence != "Không hiểu điểm «nhiều»; cần số từ 0 đến 100"


def test_facts_stand_in_the_sentence():
    problem = Problem("total_differs", row=9, value="5", facts={"found": "4"})

    assert problem.message == "Dòng 9: ghi 5 sản phẩm nhưng đọc được 4"
    assert (problem.level, problem.is_error) == (ProblemLevel.WARNING, False)
    assert (SCORE.level, SCORE.is_error) == (ProblemLevel.ERROR, True)
    assert not set(WARNINGS) & set(ERRORS)


def test_a_problem_is_told_to_programs_with_nothing_for_what_is_not_said():
    assert SCORE.as_json() == {
        "row": 4,
        "column": "Điểm",
        "value": "nhiều",
        "level": "error",
        "code": "score_unreadable",
        "message": SCORE.message,
        "sheet": "Phụ lục",
    }
    assert Problem("list_shrinks", facts={"found": "1"}).as_json() == {
        "row": None,
        "column": None,
        "value": "",
        "level": "warning",
        "code": "list_shrinks",
        "message": "Danh sách thiếu 1 chứng nhận đã đăng ký của quyết định này; không thu hồi chứng nhận nào",
        "sheet": None,
    }


def test_a_problem_that_was_stored_is_the_same():
    problem = Problem("duplicate_row", row=4, column="Tên", value="Trà", sheet="Phụ lục", facts={"found": "3"})

    assert problem.as_stored() == {
        "code": "duplicate_row",
        "row": 4,
        "column": "Tên",
        "value": "Trà",
        "sheet": "Phụ lục",
        "facts": {"found": "3"},
    }
    assert Problem.from_stored(problem.as_stored()) == problem


def test_column_name_is_what_a_list_would_call_it():
    assert (column_name("product_code"), column_name("Cột lạ")) == ("Mã sản phẩm", "Cột lạ")

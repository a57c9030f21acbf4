"""What a file says beside its rows: whole-sheet ranks, sheets by name or number, headings over several columns."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.sheets.grid import Sheet

TITLE = "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026 của UBND tỉnh Lâm Đồng)"
TODAY = date(2026, 11, 23)
HEADINGS = ["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"]


def sheet_of(*rows, title=TITLE, name="Phụ lục", headings=HEADINGS, **more):
    return Sheet(name=name, rows=[[title], headings, *rows], **more)


def row(stars, *, product="Mật ong"):
    return [1, product, "HTX Ong Vàng", stars]


def read(*sheets, **given):
    return read_annex(sheets=list(sheets), given=Given(**given), today=TODAY)


def codes(entry):
    return [(problem.code, problem.facts.get("found")) for problem in entry.problems]


@pytest.mark.parametrize(
    ("title", "printed", "stars", "problems"),
    [
        ("DANH SÁCH SẢN PHẨM 4 SAO", None, 4, []),
        ("DANH SÁCH SẢN PHẨM 4 SAO", "4 sao", 4, []),
        ("DANH SÁCH SẢN PHẨM 4 SAO", "3 sao", 3, [("stars_differ_from_title", "4")]),
        ("DANH SÁCH SẢN PHẨM", "3 sao", 3, []),
        ("DANH SÁCH SẢN PHẨM", None, None, [("stars_missing", None)]),
    ],
)
def test_a_rank_over_the_whole_sheet_helps_and_contradicts(title, printed, stars, problems):
    rows = [[title], [TITLE], HEADINGS, row(printed)]

    (entry,) = read(Sheet(name="Phụ lục", rows=rows)).entries

    assert (entry.stars, codes(entry)) == (stars, problems)


def test_a_rank_that_was_given_counts_where_nothing_else_is_said():
    first, second = read(sheet_of(row(None), row("5 sao", product="Trà")), stars=3).entries

    assert (first.stars, second.stars) == (3, 5)


@pytest.mark.parametrize(("wanted", "product"), [("Trang A", "A"), ("trang b", "B"), ("1", "A"), ("2", "B")])
def test_a_sheet_is_chosen_by_its_name_or_number(wanted, product):
    sheets = [sheet_of(row("3 sao", product=name), name=f"Trang {name}") for name in "AB"]

    assert [entry.product_name for entry in read(*sheets, sheet=wanted).entries] == [product]


@pytest.mark.parametrize("wanted", ["0", "3", "Trang C"])
def test_a_sheet_that_is_not_there_is_told_with_those_that_are(wanted):
    found = read(*[sheet_of(row("3 sao", product=name), name=f"Trang {name}") for name in "AB"], sheet=wanted)

    problem = next(problem for problem in found.problems if problem.code == "sheet_not_found")
    assert (found.entries, problem.value, problem.facts["found"]) == ([], wanted, "Trang A, Trang B")


def test_a_hidden_sheet_is_told_and_not_read():
    hidden = sheet_of(row("3 sao", product="A"), name="Ẩn", is_hidden=True)

    found = read(hidden, sheet_of(row("4 sao", product="B")))

    assert [entry.product_name for entry in found.entries] == ["B"]
    assert [(problem.code, problem.sheet) for problem in found.problems if problem.code == "sheet_hidden"] == [
        ("sheet_hidden", "Ẩn")
    ]


@pytest.mark.parametrize("merged", [[(1, 2, 1, 3)], []])
def test_a_heading_over_two_columns_says_what_each_is(merged):
    rows = [
        [TITLE],
        ["TT", "Tên sản phẩm", "Chủ thể", None, "Hạng sao"],
        [None, None, "Tên", "Địa chỉ", None],
        [1, "Mật ong", "HTX Ong Vàng", "xã Di Linh", "4 sao"],
    ]

    (entry,) = read(Sheet(name="Phụ lục", rows=rows, merged=merged)).entries

    assert (entry.product_name, entry.producer_name, entry.address, entry.stars) == ("Mật ong", "HTX Ong Vàng", "xã Di Linh", 4)


@pytest.mark.parametrize(
    ("marks", "stars", "problems"),
    [
        ((None, "x", None), 4, []),
        (("x", None, "X"), None, [("stars_contradict", "3, 5")]),
        ((None, None, None), None, [("stars_missing", "")]),
    ],
)
def test_a_rank_is_ticked_in_one_of_its_columns(marks, stars, problems):
    headings = ["TT", "Tên sản phẩm", "Chủ thể", "3 sao", "4 sao", "5 sao"]

    (entry,) = read(sheet_of([1, "Mật ong", "HTX Ong Vàng", *marks], headings=headings)).entries

    assert (entry.stars, [(problem.code, problem.value) for problem in entry.problems]) == (stars, problems)


def test_a_decision_between_rows_is_that_of_the_rows_below_it():
    between = ["Quyết định số 77/QĐ-UBND ngày 01/9/2026 của UBND tỉnh Lâm Đồng", None, None, None]

    first, second = read(sheet_of(row("3 sao"), between, row("4 sao", product="Trà"))).entries

    assert [(one.number, one.signed_on) for one in (first, second)] == [
        ("12/QĐ-UBND", date(2026, 8, 5)),
        ("77/QĐ-UBND", date(2026, 9, 1)),
    ]

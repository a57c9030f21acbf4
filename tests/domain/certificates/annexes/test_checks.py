"""Every rule of the programme that a row can break, with the row, the column and the code."""

from datetime import date
from decimal import Decimal

import pytest

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.checks import check_entries
from shop.domain.certificates.annexes.entries import Entry, Given
from shop.domain.certificates.sheets.grid import Sheet

TODAY = date(2026, 11, 23)
TITLE = "Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026 của UBND tỉnh Lâm Đồng"
HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Xếp hạng"]


def read(*rows, title=TITLE, more=(), merged=(), **given):
    cells = [[title], [*HEADER, *more], *rows]
    width = max(len(row) for row in cells)
    sheet = Sheet("Phụ lục", [[*(cell if cell != "" else None for cell in row), *[None] * (width - len(row))] for row in cells])
    sheet.merged = list(merged)
    return read_annex(sheets=[sheet], given=Given(**given), today=TODAY)


def honey(*more, name="Mật ong", stars="3 sao", producer="HTX Ong Vàng"):
    return [1, name, producer, stars, *more]


def found(annex):
    return [(problem.row, problem.column, problem.code) for problem in annex.all_problems]


def test_check_entries_names_score_and_rank_that_do_not_fit():
    annex = read(honey("66,5", stars="4 sao"), more=["Điểm"])

    assert found(annex) == [(3, "Điểm", "score_below_stars")]
    assert annex.all_problems[0].message == "Dòng 3, cột «Điểm»: Điểm 66,5 chỉ đạt 3 sao (4 sao cần từ 70)"


@pytest.mark.parametrize(
    ("score", "stars", "codes"),
    [
        ("91,14", "4 sao", ["score_above_stars"]),
        (70, "4 sao", []),
        ("69,99", "4 sao", ["score_below_stars"]),
        (50.0, "3 sao", []),
        ("105", "3 sao", ["score_unreadable"]),
        ("7.050", "3 sao", ["score_below_stars"]),
        (None, "3 sao", []),
    ],
)
def test_check_entries_compares_scores_with_the_bands(score, stars, codes):
    annex = read(honey(score, stars=stars), more=["Điểm"])

    assert [problem.code for problem in annex.all_problems] == codes


@pytest.mark.parametrize(
    ("issued", "expires", "codes"),
    [
        ("05/8/2026", "05/8/2029", []),
        ("05/8/2026", "36 tháng", []),
        ("05/8/2026", "04/8/2029", ["expiry_not_36_months"]),
        ("05/8/2026", "05/8/2025", ["expiry_before_issue"]),
        ("29/02/2024", "28/02/2027", []),
        ("30/11/2025", "30/11/2028", []),
        ("24/11/2026", "24/11/2029", ["date_in_future"]),
        ("23/11/2026", "", []),
        ("01/01/1990", "", ["date_too_early"]),
        ("31/02/2026", "", ["date_unreadable"]),
    ],
)
def test_check_entries_holds_days_against_the_rule(issued, expires, codes):
    annex = read(honey(issued, expires), more=["Ngày cấp", "Ngày hết hạn"])

    assert [problem.code for problem in annex.all_problems] == codes


def test_a_day_to_come_is_told_where_it_stands_and_as_it_is_written():
    annex = read(honey("24-11-2026"), more=["Ngày cấp"])
    told = next(problem for problem in annex.all_problems if problem.code == "date_in_future")

    assert (told.row, told.column, told.value, told.facts["found"]) == (3, "Ngày cấp", "24-11-2026", "23/11/2026")


def test_check_entries_finds_years_that_grow_row_by_row():
    rows = [honey(f"21-09-{year}", name=f"Mật ong {year}") for year in range(2020, 2024)]

    annex = read(*rows, more=["Ngày cấp"])

    assert found(annex) == [(row, "Ngày cấp", "date_drag_filled") for row in (3, 4, 5, 6)]


def test_check_entries_believes_the_first_of_them_when_the_decision_says_it():
    rows = [honey(f"05/8/{year}", name=f"Mật ong {year}") for year in (2026, 2027, 2028)]

    annex = read(*rows, more=["Ngày cấp"])

    assert {row for row, _column, code in found(annex) if code == "date_drag_filled"} == {4, 5}
    assert annex.entries[0].has_error is False


def test_check_entries_leaves_five_stars_to_the_ministry():
    assert found(read(honey(stars="5 sao"))) == [(3, "Xếp hạng", "five_stars_need_ministry")]
    title = "Kèm theo Quyết định số 12/QĐ-BNNMT ngày 05/8/2026 của Bộ Nông nghiệp và Môi trường"
    assert [code for _row, _column, code in found(read(honey(stars="5 sao"), title=title))] == ["province_unknown"]


def test_check_entries_warns_of_a_row_without_producer():
    annex = read(honey(producer=""))

    assert found(annex) == [(3, "Chủ thể", "producer_missing")]
    assert annex.entries[0].has_error is False


def test_blank_cells_are_filled_inside_merged_ranges_only():
    rows = [honey(), [2, "Sáp ong", "", "3 sao"]]

    assert [entry.producer_name for entry in read(*rows, merged=[(2, 2, 3, 2)]).entries] == ["HTX Ong Vàng", "HTX Ong Vàng"]
    assert [entry.producer_name for entry in read(*rows).entries] == ["HTX Ong Vàng", ""]


def test_duplicates_are_reported_with_the_first_row():
    same, other = honey(), honey(stars="4 sao")
    elsewhere = honey(producer="HTX Ong Bạc")

    annex = read(same, same, other, elsewhere)

    assert found(annex) == [(4, "Tên sản phẩm", "duplicate_row"), (5, "Tên sản phẩm", "duplicate_contradicts")]


def test_a_product_code_belongs_to_one_product():
    annex = read(honey("68-24781-003-2026"), honey("68-24781-003-2026", name="Sáp ong"), more=["Mã sản phẩm"])

    assert found(annex) == [(4, "Mã sản phẩm", "duplicate_code")]
    assert annex.entries[0].product_code == "68-24781-003-2026"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "=1+2", "@SUM(A1)", "+cmd|'/C calc'!A0", "#REF!"])
def test_formulas_are_errors_of_their_row(text):
    annex = read(honey(name=text))

    assert found(annex) == [(3, "Tên sản phẩm", "formula")]


def test_look_alike_letters_are_told():
    annex = read(honey(name="Mậт ong"))

    assert found(annex) == [(3, "Tên sản phẩm", "lookalike_letters")]


def test_totals_that_differ_are_told():
    annex = read(honey(), ["", "Tổng cộng: 5 sản phẩm"])

    assert found(annex) == [(4, "", "total_differs")]


def test_the_file_lacks_what_every_row_lacks():
    annex = read(honey(), honey(name="Sáp ong"), title="Danh sách sản phẩm")

    assert found(annex) == [
        (None, "", "decision_number_missing"),
        (None, "", "decision_date_missing"),
        (None, "", "authority_missing"),
        (3, "Tỉnh", "province_unknown"),
        (4, "Tỉnh", "province_unknown"),
    ]


def test_what_is_given_fills_what_the_file_does_not_say():
    annex = read(
        honey(stars=""),
        title="Danh sách sản phẩm",
        number="5/QĐ-UBND",
        signed_on=date(2025, 1, 1),
        stars=4,
        province="Đắk Nông",
    )

    assert [(p.level, p.code) for p in annex.all_problems] == [("warning", "authority_inferred")]
    entry = annex.entries[0]
    assert (entry.number, entry.signed_on, entry.stars, entry.authority) == (
        "5/QĐ-UBND", date(2025, 1, 1), 4, "UBND tỉnh Đắk Nông",
    )  # fmt: skip


def test_what_is_given_contradicts_nothing_the_file_says():
    assert [p.code for p in read(honey(), number="5/QĐ-UBND").all_problems] == ["option_contradicts_file"]
    assert read(honey(), stars=5).entries[0].stars == 3


def test_a_potential_rank_of_a_section_is_no_rank():
    annex = read(["I", "Sản phẩm tiềm năng 5 sao"], honey(stars=""))

    assert found(annex) == [(4, "Xếp hạng", "five_star_candidate")]
    assert annex.entries[0].stars is None


def test_several_sheets_share_the_decision_of_the_first():
    first = Sheet("4 sao", [[TITLE], HEADER, [1, "Mật ong", "HTX Ong Vàng", None]])
    second = Sheet("3 sao", [HEADER, [1, "Trà", "HTX Trà", None]])
    cells = [[*row, *[None] * (4 - len(row))] for row in first.rows]

    annex = read_annex(sheets=[Sheet("4 sao", cells), second], given=Given(), today=TODAY)

    assert [(entry.sheet, entry.row, entry.stars, entry.number) for entry in annex.entries] == [
        ("4 sao", 3, 4, "12/QĐ-UBND"),
        ("3 sao", 2, 3, "12/QĐ-UBND"),
    ]
    only = read_annex(sheets=[Sheet("4 sao", cells), second], given=Given(sheet="3 sao", number="12/QĐ-UBND"), today=TODAY)
    assert [entry.product_name for entry in only.entries] == ["Trà"]


def entry(**said):
    said = {"sheet": "Phụ lục", "row": 3, "product_name": "Mật ong", "producer_name": "HTX Ong", "stars": 3} | said
    return Entry(**said)


def told(*entries):
    check_entries(list(entries), today=TODAY)
    return [
        (one.row, problem.code, problem.column, problem.value, dict(problem.facts)) for one in entries for problem in one.problems
    ]


@pytest.mark.parametrize(
    ("stars", "authority", "code", "found"),
    [
        (5, "UBND tỉnh Lâm Đồng", "five_stars_need_ministry", "UBND tỉnh Lâm Đồng"),
        (5, "UBND huyện Đắk Song", "five_stars_need_ministry", "UBND huyện Đắk Song"),
        (5, "Bộ Nông nghiệp và Môi trường", None, ""),
        (5, "Hội đồng trung ương", None, ""),
        (5, "", None, ""),
        (4, "UBND tỉnh Lâm Đồng", None, ""),
        (4, "Bộ Nông nghiệp và Môi trường", "ministry_gives_five_stars", "4"),
        (None, "Bộ Nông nghiệp và Môi trường", None, ""),
    ],
)
def test_check_entries_holds_the_rank_against_who_gives_it(stars, authority, code, found):
    one = entry(stars=stars, authority=authority, printed={"stars": "như trên"})

    assert told(one) == ([(3, code, "Xếp hạng", "như trên", {"found": found})] if code else [])
    assert one.has_error is (code == "five_stars_need_ministry")


def test_check_entries_says_what_a_score_reaches():
    assert told(entry(stars=4, score=Decimal("66.50"))) == [
        (3, "score_below_stars", "Điểm", "66,5", {"reached": "3", "stars": "4", "needed": "70"})
    ]
    assert told(entry(stars=4, score=Decimal(91))) == [
        (3, "score_above_stars", "Điểm", "91", {"reached": "5", "stars": "4", "needed": "70"})
    ]
    assert told(entry(stars=4, score=Decimal(70))) + told(entry(stars=None, score=Decimal(10))) == []


@pytest.mark.parametrize(
    ("days", "printed", "expected"),
    [
        # A day that the row does not print is told with its own words.
        ({"signed_on": date(2026, 11, 24)}, {}, [("date_in_future", "Ngày ký", "24/11/2026", {"found": "23/11/2026"})]),
        ({"signed_on": TODAY, "issued_on": TODAY}, {}, []),
        ({"signed_on": date(2012, 12, 31)}, {}, [("date_too_early", "Ngày ký", "31/12/2012", {})]),
        ({"signed_on": date(2013, 1, 1)}, {}, []),
        # One and the same day is told once, where it stands.
        (
            {"signed_on": date(2027, 1, 2), "issued_on": date(2027, 1, 2)},
            {"issued_on": "2/1/27"},
            [("date_in_future", "Ngày cấp", "2/1/27", {"found": "23/11/2026"})],
        ),
        (
            {"signed_on": date(2026, 1, 2), "issued_on": date(2027, 1, 2)},
            {"signed_on": "2/1/26"},
            [("date_in_future", "Ngày cấp", "02/01/2027", {"found": "23/11/2026"})],
        ),
        (
            {"signed_on": date(2027, 1, 2), "issued_on": date(2026, 1, 2)},
            {"signed_on": "2/1/27", "issued_on": "2/1/26"},
            [("date_in_future", "Ngày ký", "2/1/27", {"found": "23/11/2026"})],
        ),
    ],
)
def test_check_entries_names_the_place_of_a_day_that_cannot_be(days, printed, expected):
    assert told(entry(**days, printed=printed)) == [(3, *problem) for problem in expected]


@pytest.mark.parametrize(
    ("expires", "code", "found"),
    [
        (date(2029, 8, 5), None, None),
        (date(2029, 8, 6), "expiry_not_36_months", "05/08/2029"),
        (date(2026, 8, 5), "expiry_not_36_months", "05/08/2029"),
        (date(2026, 8, 4), "expiry_before_issue", "05/08/2026"),
    ],
)
def test_check_entries_holds_the_end_against_36_months(expires, code, found):
    one = entry(issued_on=date(2026, 8, 5), expires_on=expires)

    assert told(one) == ([(3, code, "Ngày hết hạn", "", {"found": found})] if code else [])
    assert told(entry(expires_on=expires)) == []


def test_check_entries_tells_of_each_group_once():
    older, unknown = "Thảo dược", "Đồ chơi"
    groups = [older, older, unknown, "Đồ uống", "", unknown]

    found = told(*(entry(row=row, product_name=f"Trà {row}", group=group) for row, group in enumerate(groups, start=1)))

    assert found == [
        (1, "group_of_older_scheme", "Nhóm sản phẩm", older, {"found": "Dược liệu và sản phẩm từ dược liệu"}),
        (3, "group_unknown", "Nhóm sản phẩm", unknown, {}),
    ]


def test_a_row_without_a_producer_is_told_unless_it_has_no_product_either():
    assert [code for _row, code, *_rest in told(entry(producer_name=""))] == ["producer_missing"]
    assert told(entry(producer_name="", product_name="")) == []


def dragged(*days, name="issued_on", sheets="AAAAAA", printed=True, **said):
    """The rows told of years that grow, of rows with these days."""
    entries = [
        entry(
            row=row,
            sheet=sheets[row - 1],
            product_name=f"Trà {row}",
            printed={name: "x"} if printed else {},
            **{name: day},
            **said,
        )
        for row, day in enumerate(days, start=1)
    ]
    return [row for row, code, *_rest in told(*entries) if code == "date_drag_filled"]


def test_years_that_grow_over_three_rows_are_dragged():
    a, b, c, d = (date(year, 9, 21) for year in (2020, 2021, 2022, 2023))

    assert dragged(a, b) == []
    assert dragged(a, b, c) == dragged(a, b, c, name="signed_on") == dragged(a, b, c, name="expires_on") == [1, 2, 3]
    assert dragged(a, a, b, c, d) == [2, 3, 4, 5]
    assert dragged(a, b, d, a, b, c) == [4, 5, 6]
    assert dragged(a, b, c, a, b, d) == [1, 2, 3]
    assert dragged(a, b, None, c) == []
    assert dragged(a, b, date(2022, 9, 22)) == []
    assert dragged(date(2020, 2, 29), date(2021, 2, 28), date(2022, 2, 28)) == [1, 2, 3]
    assert dragged(a, b, c, printed=False) == []
    # Of two sheets each is looked at alone.
    assert dragged(a, b, c, d, sheets="AABB") == []


def test_the_first_of_dragged_years_may_be_the_decisions_own():
    a, b, c = (date(year, 9, 21) for year in (2020, 2021, 2022))

    assert dragged(a, b, c, title_day=a) == [2, 3]
    assert dragged(a, b, c, title_day=b) == [1, 2, 3]
    ends = [date(year, 9, 21) for year in (2023, 2024, 2025)]
    assert dragged(*ends, name="expires_on", issued_on=a, title_day=a) == [2, 3]
    assert dragged(*ends, name="expires_on", issued_on=b, title_day=a) == [1, 2, 3]
    assert dragged(*ends, name="expires_on", issued_on=date(2020, 9, 22), title_day=date(2020, 9, 22)) == [1, 2, 3]
    assert dragged(*ends, name="expires_on", issued_on=a, title_day=None) == [1, 2, 3]


@pytest.mark.parametrize(
    ("numbers", "rows"),
    [
        (("7/QĐ-UBND", "8/QĐ-UBND", "9/QĐ-UBND"), [1]),
        (("7/QĐ-UBND", "8/QĐ-UBND"), []),
        (("1/QĐ-UBND", "7/QĐ-UBND", "8/QĐ-UBND", "9/QĐ-UBND"), [2]),
        (("7/QĐ-UBND", "8/QĐ-UBND", "9/QĐ-UBND", "7/QĐ-UBND", "8/QĐ-UBND", "9/QĐ-UBND", "10/QĐ-UBND"), [1, 4]),
        (("7/QĐ-UBND", "8/QĐ-BNN", "9/QĐ-UBND"), []),
        (("7/QĐ-UBND", "9/QĐ-UBND", "10/QĐ-UBND"), []),
        (("", "1/QĐ-UBND", "2/QĐ-UBND"), []),
        (("7/QĐ-UBND", "8/QĐ-UBND", None), []),
    ],
)
def test_numbers_that_count_up_are_told_at_the_first(numbers, rows):
    entries = [
        entry(row=row, product_name=f"Trà {row}", number=number or "9/QĐ-UBND", printed={"number": number} if number else {})
        for row, number in enumerate(numbers, start=1)
    ]

    assert [(row, code) for row, code, *_rest in told(*entries)] == [(row, "numbers_grow_row_by_row") for row in rows]

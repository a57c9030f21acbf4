"""What stands around and between products: sections, totals, signatures, second headers, producers over their goods."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.entries import Edits
from shop.domain.certificates.annexes.headers import read_header
from shop.domain.certificates.annexes.rows import join_address
from shop.domain.certificates.annexes.tables import read_table
from shop.domain.certificates.sheets.grid import Sheet

HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ"]


def table(*rows, merged=()):
    width = max(len(row) for row in rows)
    cells = [[*(cell if cell != "" else None for cell in row), *[None] * (width - len(row))] for row in rows]
    return read_table(Sheet("Phụ lục", cells, list(merged)))


def read(entries):
    return [(e.row, e.product_name, e.address, e.section_stars.stars if e.section_stars else None) for e in entries]


def test_read_table_keeps_ranks_and_places_of_sections_apart():
    found = table(
        HEADER,
        ["A", "SẢN PHẨM 4 SAO"],
        ["I", "HUYỆN ĐẮK SONG"],
        [1, "Mật ong", "HTX Ong", "xã Thuận Hà"],
        ["II", "Huyện Tuy Đức (01 sản phẩm)"],
        [2, "Trà", "HTX Trà", ""],
        ["B", "SẢN PHẨM 3 SAO"],
        [3, "Cà phê", "HTX Cà phê", "xã Nam Bình, huyện Đắk Song"],
    )

    assert read(found.entries) == [
        (4, "Mật ong", "xã Thuận Hà, huyện Đắk Song", 4),
        (6, "Trà", "huyện Tuy Đức", 4),
        (8, "Cà phê", "xã Nam Bình, huyện Đắk Song", 3),
    ]
    assert found.problems == []


def test_read_table_ends_at_the_signature():
    found = table(
        HEADER,
        [1, "Mật ong", "HTX Ong", "xã Thuận Hà"],
        ["", "Tổng cộng: 1 sản phẩm"],
        ["", "Nơi nhận:", "", "TM. ỦY BAN NHÂN DÂN"],
        ["", "- Như Điều 3;", "", "CHỦ TỊCH"],
        ["", "", "", "Nguyễn Văn B"],
    )

    assert [entry.product_name for entry in found.entries] == ["Mật ong"]
    assert found.problems == []


def test_read_table_follows_a_second_header():
    found = table(
        ["I. SẢN PHẨM 4 SAO"],
        HEADER,
        [1, "Mật ong", "HTX Ong", "xã Thuận Hà"],
        ["II. SẢN PHẨM 3 SAO"],
        ["TT", "Chủ thể", "Tên sản phẩm"],
        [1, "HTX Trà", "Trà"],
    )

    assert [(entry.product_name, entry.producer_name) for entry in found.entries] == [("Mật ong", "HTX Ong"), ("Trà", "HTX Trà")]
    assert [entry.section_stars.stars if entry.section_stars else None for entry in found.entries] == [None, 3]


def test_read_table_takes_the_producer_that_stands_over_its_goods():
    found = table(
        ["TT", "Tên sản phẩm", "Hạng sao"],
        ["I", "Hợp tác xã chè Hảo Đạt, xã Tân Cương (02 sản phẩm)"],
        [1, "Chè đinh", 4],
        [2, "Chè nõn", 4],
    )

    assert [(entry.product_name, entry.producer_name, entry.address) for entry in found.entries] == [
        ("Chè đinh", "Hợp tác xã chè Hảo Đạt", "xã Tân Cương"),
        ("Chè nõn", "Hợp tác xã chè Hảo Đạt", "xã Tân Cương"),
    ]


def test_read_table_takes_a_lone_name_under_a_product_for_one_more():
    found = table(["TT", "Chủ thể", "Tên sản phẩm"], [1, "HTX Trà", "Trà"], ["", "", "Trà xanh"], [], ["", "", "Nguyễn Văn B"])

    assert [(entry.product_name, entry.producer_name) for entry in found.entries] == [("Trà", "HTX Trà"), ("Trà xanh", "")]
    assert [(problem.row, problem.code) for problem in found.problems] == [(5, "row_not_understood")]


def test_read_table_skips_the_row_that_numbers_the_columns():
    found = table(HEADER, ["(1)", "(2)", "(3)", "(4)"], [1, "Mật ong", "HTX Ong", "xã Thuận Hà"])

    assert [entry.row for entry in found.entries] == [3]


def test_read_header_joins_rows_and_reads_columns_of_crosses():
    rows = [
        ["TT", "Sản phẩm", None, "Chủ thể", None, "Kết quả phân hạng", None],
        [None, "Tên", "Nhóm", "Tên", "Địa chỉ", "3 sao", "4 sao"],
        [1.0, "Mật ong", "Thực phẩm", "HTX Ong", "xã Thuận Hà", None, "x"],
    ]
    sheet = Sheet("Phụ lục", rows, [(0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6), (0, 0, 1, 0)])

    columns = read_header(sheet, 0)

    assert {str(name): place for name, place in columns.fields.items()} == {
        "order": 0, "product": 1, "group": 2, "producer": 3, "address": 4,
    }  # fmt: skip
    assert (columns.data_row, columns.ticks) == (2, {5: 3, 6: 4})
    entry = read_table(sheet).entries[0]
    assert (entry.product_name, entry.producer_name, entry.stars) == ("Mật ong", "HTX Ong", 4)


def test_join_address_puts_the_smaller_unit_first_and_says_nothing_twice():
    assert join_address([("Huyện", "huyện Đắk Song"), ("Xã", "xã Thuận Hà")]) == "xã Thuận Hà, huyện Đắk Song"
    assert join_address([("Địa chỉ", "xã A, huyện B"), ("Huyện", "huyện B")]) == "xã A, huyện B"
    assert join_address([("Địa chỉ", "–"), ("Huyện", "")]) == ""


def test_read_table_passes_over_a_row_shorter_than_its_header():
    table = read_table(
        Sheet("x", [["TT", "Tên sản phẩm", "Chủ thể", "Sao"], ["1", "Mật ong", "HTX Ong", "3 sao"], ["", "x"], ["", ""], [""]])
    )

    assert [entry.product_name for entry in table.entries] == ["Mật ong", "x"]


HONEY, TEA, LOTUS = (
    [1, "Mật ong", "HTX Ong", "xã Thuận Hà"],
    [2, "Trà", "HTX Trà", "xã Nam Bình"],
    [3, "Sen", "HTX Sen", "xã Đắk Búk So"],
)

SAUCES = [4, "Nước mắm (20 độ, 30 độ, 40 độ)", "HTX Cá", "xã A"]


def told(found):
    return [(problem.code, problem.row, problem.value, problem.facts.get("found")) for problem in found.problems]


def names(found):
    return [entry.product_name for entry in found.entries]


def test_read_table_keeps_the_lines_around_it_and_no_more_than_a_person_reads():
    found = table(["DANH SÁCH", "SẢN PHẨM"], [], HEADER, HONEY, ["", "KT. CHỦ TỊCH"])
    assert (found.has_header, found.lines, found.closing_lines) == (True, ["DANH SÁCH SẢN PHẨM"], ["KT. CHỦ TỊCH"])

    bare = table(*[["x" * 1500]] * 300)
    assert (bare.has_header, bare.entries, len(bare.lines), {len(line) for line in bare.lines}) == (False, [], 200, {1000})


def test_rows_behind_the_signature_are_products_only_where_they_are_numbered_and_full():
    found = table(
        HEADER,
        HONEY,
        ["", "TM. ỦY BAN NHÂN DÂN"],
        ["", "Nguyễn Văn B", "Trần Văn C"],
        [2, "Nguyễn Văn D"],
        TEA,
        ["", "Sen", "HTX Sen", "xã Đắk Búk So"],
    )

    assert names(found) == ["Mật ong", "Trà", "Sen"]
    assert found.closing_lines == ["TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn B Trần Văn C", "2 Nguyễn Văn D"]


def test_a_second_header_opens_a_table_that_was_signed():
    found = table(HEADER, HONEY, ["", "KT. CHỦ TỊCH"], ["TT", "Chủ thể", "Tên sản phẩm"], ["", "HTX Trà", "Trà"])

    assert [(entry.product_name, entry.producer_name) for entry in found.entries] == [("Mật ong", "HTX Ong"), ("Trà", "HTX Trà")]


def test_a_decision_between_rows_belongs_to_the_rows_below_and_to_the_file():
    decision = "Quyết định số 77/QĐ-UBND ngày 01/9/2026 của UBND tỉnh Lâm Đồng"
    header = [*HEADER, "Số quyết định", "Ngày ký", "Cơ quan ban hành"]

    found = table(header, HONEY, [decision], TEA, [*LOTUS, "9/QĐ-UBND", "02/9/2026", "UBND huyện Tuy Đức"])

    assert [(entry.number, entry.signed_on, entry.authority) for entry in found.entries] == [
        ("", None, ""),
        ("77/QĐ-UBND", date(2026, 9, 1), "UBND tỉnh Lâm Đồng"),
        ("9/QĐ-UBND", date(2026, 9, 2), "UBND huyện Tuy Đức"),
    ]
    assert found.closing_lines == [decision]
    assert table(HEADER, ["I", "HUYỆN ĐẮK SONG"], HONEY).closing_lines == []


def test_a_row_that_is_nothing_known_is_told_with_its_words():
    found = table(HEADER, HONEY, ["A", "Ngọc Lan"], [], ["", "dài " * 100])

    assert told(found) == [
        ("row_not_understood", 3, "A Ngọc Lan", None),
        ("row_not_understood", 5, ("dài " * 100)[:200], None),
    ]
    assert [problem.sheet for problem in found.problems] == ["Phụ lục"] * 2


def test_a_lone_heading_under_a_product_is_no_product():
    over_columns = table(["TT", "Chủ thể", "Tên sản phẩm"], [1, "HTX Trà", "Trà"], ["", "", "Ngọc Lan"], merged=[(2, 2, 2, 3)])
    of_products = table(["TT", "Chủ thể", "Tên sản phẩm"], [1, "HTX Trà", "Trà"], ["", "", "Được công nhận thêm"])

    assert (names(over_columns), told(over_columns)) == (["Trà"], [("row_not_understood", 3, "Ngọc Lan", None)])
    assert (names(of_products), told(of_products)) == (["Trà"], [("row_not_understood", 3, "Được công nhận thêm", None)])
    tall = table(["TT", "Chủ thể", "Tên sản phẩm"], [1, "HTX Trà", "Trà"], ["", "", "Ngọc Lan"], merged=[(1, 1, 2, 1)])
    assert [(entry.product_name, entry.producer_name) for entry in tall.entries] == [("Trà", "HTX Trà"), ("Ngọc Lan", "HTX Trà")]


def test_places_of_sections_give_a_province_or_complete_an_address():
    header = [*HEADER, "Tỉnh"]

    found = table(
        header,
        ["I", "TỈNH THANH HÓA"],
        HONEY,
        [*TEA, "Long An"],
        ["II", "Huyện Tuy Đức"],
        [3, "Sen", "HTX Sen", ""],
        [4, "Cam", "HTX Cam", "Đắk Búk So, Huyện Tuy Đức"],
    )

    assert [(entry.province, entry.address) for entry in found.entries] == [
        ("Thanh Hóa", "xã Thuận Hà"),
        ("Long An", "xã Nam Bình"),
        ("", "huyện Tuy Đức"),
        ("", "Đắk Búk So, Huyện Tuy Đức"),
    ]


def test_a_producer_over_its_goods_is_not_that_of_a_row_that_names_another():
    found = table(HEADER, ["I", "Hợp tác xã Hảo Đạt, xã Tân Cương"], HONEY, [2, "Trà", "", ""], [3, "Sen", "", "xã Nam Bình"])

    assert [(entry.producer_name, entry.address) for entry in found.entries] == [
        ("HTX Ong", "xã Thuận Hà"),
        ("Hợp tác xã Hảo Đạt", "xã Tân Cương"),
        ("Hợp tác xã Hảo Đạt", "xã Nam Bình"),
    ]


@pytest.mark.parametrize(
    ("heading", "group"),
    [
        ("NHÓM ĐỒ UỐNG", "Đồ uống"),
        ("Nhóm: thực phẩm (02 sản phẩm)", "Thực phẩm"),
        ("NGÀNH THỰC PHẨM TƯƠI SỐNG", "Thực phẩm tươi sống"),
        ("nhóm thực phẩm tươi sống", "Thực phẩm tươi sống"),
        ("Nhóm Thực phẩm Tươi sống", "Thực phẩm Tươi sống"),
    ],
)
def test_a_group_over_rows_is_theirs_unless_they_say_another(heading, group):
    found = table([*HEADER, "Nhóm sản phẩm"], ["I", heading], HONEY, [*TEA, "Gia vị"])

    assert [entry.group for entry in found.entries] == [group, "Gia vị"]


def test_a_section_ends_those_that_were_opened_under_one_of_its_kind():
    found = table(
        HEADER,
        ["A", "NHÓM THỰC PHẨM"],
        ["I", "Huyện Đắk Song"],
        [1, "Mật ong", "HTX Ong", ""],
        ["B", "NHÓM ĐỒ UỐNG"],
        [2, "Trà", "HTX Trà", "xã Nam Bình"],
        ["1.1", "Huyện Tuy Đức"],
        [3, "Sen", "HTX Sen", ""],
    )

    assert [(entry.group, entry.address) for entry in found.entries] == [
        ("Thực phẩm", "huyện Đắk Song"),
        ("Đồ uống", "xã Nam Bình"),
        ("Đồ uống", "huyện Tuy Đức"),
    ]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([["I", "Huyện Đắk Song: 01 sản phẩm"], HONEY], []),
        ([["I", "Huyện Đắk Song: 02 sản phẩm"], HONEY], [("total_differs", 2, "2", "1")]),
        # A section that counts what stands under the sections below it.
        ([["A", "Sản phẩm 4 sao: 3 sản phẩm"], ["I", "Huyện Đắk Song"], HONEY, ["II", "Huyện Tuy Đức"], TEA, LOTUS], []),
        (
            [["A", "Sản phẩm 4 sao: 2 sản phẩm"], ["I", "Huyện Đắk Song"], HONEY, ["II", "Huyện Tuy Đức"], TEA, LOTUS],
            [("total_differs", 2, "2", "1")],
        ),
        ([["I", "Huyện Đắk Song: 01 sản phẩm"], HONEY, ["II", "Huyện Tuy Đức: 2 sản phẩm"], TEA, LOTUS], []),
        # A total counts all rows over it, or those of the last section.
        ([HONEY, TEA, ["", "Tổng cộng: 2 sản phẩm"], LOTUS], []),
        ([HONEY, TEA, ["", "Tổng cộng: 3 sản phẩm"], LOTUS], [("total_differs", 4, "3", "2")]),
        ([["I", "Huyện Đắk Song"], HONEY, TEA, ["", "Cộng: 2"], ["II", "Huyện Tuy Đức"], LOTUS, ["", "Cộng: 1"]], []),
        (
            [["I", "Huyện Đắk Song"], HONEY, TEA, ["", "Cộng: 2"], ["II", "Huyện Tuy Đức"], LOTUS, ["", "Cộng: 2"]],
            [("total_differs", 8, "2", "3")],
        ),
        ([HONEY, ["", "Tổng cộng"]], []),
        (
            [["I", "Huyện Đắk Song"], HONEY, ["II", "Huyện Tuy Đức: 3 sản phẩm"], TEA, LOTUS],
            [("total_differs", 4, "3", "2")],
        ),
        # A section of nothing is none of the last.
        (
            [["I", "Huyện Đắk Song"], HONEY, ["II", "Huyện Tuy Đức"], TEA, LOTUS, ["III", "Huyện Cư Jút"], ["", "Cộng: 2"]],
            [],
        ),
        ([HONEY, ["I", "Huyện Đắk Song: 1 sản phẩm"], SAUCES], []),
        ([HONEY, ["I", "Huyện Đắk Song: 3 sản phẩm"], SAUCES], []),
        ([HONEY, ["I", "Huyện Đắk Song"], SAUCES, ["", "Cộng: 1"]], []),
        ([HONEY, ["I", "Huyện Đắk Song"], SAUCES, ["", "Cộng: 3"]], []),
        # A cell of several products may count as one or as several.
        ([SAUCES, TEA, ["", "Tổng cộng: 4 sản phẩm"]], []),
        ([SAUCES, TEA, ["", "Tổng cộng: 2 sản phẩm"]], []),
        (
            [TEA, SAUCES, ["", "Tổng cộng: 3 sản phẩm"]],
            [("total_differs", 4, "3", "2")],
        ),
    ],
)
def test_counts_of_headings_and_totals_are_held_against_the_rows(rows, problems):
    found = table(HEADER, *rows)

    assert told(found) == problems
    assert {problem.sheet for problem in found.problems} <= {"Phụ lục"}


def test_rows_that_are_left_out_count_where_headings_count():
    cells = [HEADER, ["I", "Huyện Đắk Song: 02 sản phẩm", None, None], list(HONEY), list(TEA)]

    found = read_table(Sheet("Phụ lục", cells), Edits(skipped=frozenset({("Phụ lục", 4), ("Trang khác", 3)})))

    assert (names(found), [entry.product_name for entry in found.skipped], found.problems) == (["Mật ong"], ["Trà"], [])


def test_corrections_are_those_of_their_row():
    edits = Edits(cells={("Phụ lục", 2): {"product": "Mật ong rừng"}, ("Trang khác", 3): {"product": "Cà phê"}})

    assert names(read_table(Sheet("Phụ lục", [HEADER, list(HONEY), list(TEA)]), edits)) == ["Mật ong rừng", "Trà"]


def test_merged_cells_fill_the_blanks_below_them_and_nothing_else():
    rows = [HEADER, [1, "Mật ong", "HTX Ong", None], [2, "Trà", None, None], [3, "Sen", "HTX Sen", None], [4, "Cam", None]]
    # A range of the header, one over a producer of its own, one longer than the sheet, one beside a short row.
    sheet = Sheet("Phụ lục", rows, [(0, 3, 1, 3), (1, 2, 3, 2), (3, 2, 9, 2), (4, 3, 4, 3)], formulas={(1, 2)})

    found = read_table(sheet)

    assert [(entry.producer_name, entry.address) for entry in found.entries] == [
        ("HTX Ong", ""),
        ("HTX Ong", ""),
        ("HTX Sen", ""),
        ("HTX Sen", ""),
    ]
    # What a formula left is no more certain one row lower.
    assert [[problem.code for problem in entry.problems] for entry in found.entries] == [["formula"], ["formula"], [], []]


@pytest.mark.parametrize(
    ("row", "is_skipped"),
    [
        (["A", "B", "C", "D"], True),
        (["1", "2", "3", "4"], True),
        (["(1)", "(2)", "(3)", "(4) = (2)"], True),
        (["", "5", "6", "7"], True),
        (["1", "5", "3", "2"], False),
        (["1", "b", "c", "d"], False),
        (["1", "b", "", "2"], False),
        ([1, "2"], False),
    ],
)
def test_a_row_that_numbers_the_columns_is_no_product(row, is_skipped):
    assert (names(table(HEADER, row)) == []) is is_skipped


def test_a_list_without_a_column_of_numbers_is_read_as_well():
    found = table(["Tên sản phẩm", "Chủ thể", "Địa chỉ"], ["Huyện Đắk Song"], HONEY[1:], ["2. Trà", "HTX Trà", "xã Nam Bình"])

    assert [(entry.product_name, entry.address) for entry in found.entries] == [
        ("Mật ong", "xã Thuận Hà, huyện Đắk Song"),
        ("Trà", "xã Nam Bình, huyện Đắk Song"),
    ]

"""What stands around and between products: sections, totals, signatures, second headers, producers over their goods."""

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

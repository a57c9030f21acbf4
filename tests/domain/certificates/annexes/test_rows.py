"""What a file says beside its rows: whole-sheet ranks, sheets by name or number, headings over several columns."""

from datetime import date
from decimal import Decimal

import pytest

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.annexes.headers import read_header
from shop.domain.certificates.annexes.rows import join_address, read_entry
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


def entry_of(cells, *, corrections=None, formulas=()):
    """The entry of one row, its cells by the heading over them."""
    cells = {"TT": 1, "Tên sản phẩm": "Mật ong", "Chủ thể": "HTX Ong Vàng"} | cells
    kept = {heading: cell for heading, cell in cells.items() if heading is not None and cell != "none"}
    rows = [list(kept), list(kept.values())]
    places = {(1, list(kept).index(heading)) for heading in formulas}
    sheet = Sheet("Phụ lục", rows, formulas=places)
    return read_entry(sheet=sheet, row=1, columns=read_header(sheet, 0), corrections=corrections)


def told(entry):
    return [(problem.code, problem.column, problem.value) for problem in entry.problems]


def test_read_entry_keeps_every_cell_with_its_heading():
    entry = entry_of(
        {"Địa chỉ": "xã Ninh Gia", "Tỉnh": "Lâm Đồng", "Nhóm": "Thực phẩm", "Hạng sao": "4 sao", "Điểm": "75,5"}
        | {"Mã sản phẩm": "68-1", "Hình thức": "Lần đầu", "Ghi chú": "mới", "Số quyết định": "Số 9/QÐ-UBND"}
        | {"Ngày ký": "01/02/2026", "Ngày cấp": "02/02/2026", "Ngày hết hạn": "02/02/2029"}
        | {"Cơ quan ban hành": "Ủy ban nhân dân tỉnh Lâm Đồng"}
    )

    assert (entry.sheet, entry.row, entry.problems, entry.corrected) == ("Phụ lục", 2, [], frozenset())
    assert (entry.product_name, entry.producer_name, entry.address) == ("Mật ong", "HTX Ong Vàng", "xã Ninh Gia")
    assert (entry.province, entry.group, entry.stars, entry.score) == ("Lâm Đồng", "Thực phẩm", 4, Decimal("75.50"))
    assert (entry.product_code, entry.form, entry.note) == ("68-1", "Lần đầu", "mới")
    assert (entry.number, entry.authority) == ("9/QĐ-UBND", "UBND tỉnh Lâm Đồng")
    assert (entry.signed_on, entry.issued_on, entry.expires_on) == (date(2026, 2, 1), date(2026, 2, 2), date(2029, 2, 2))
    assert (entry.printed["score"], entry.headings["score"], entry.headings["product"]) == ("75,5", "Điểm", "Tên sản phẩm")
    assert (entry.printed["order"], entry.variants) == ("1", ())


@pytest.mark.parametrize(
    ("cells", "name", "variants", "problems"),
    [
        ({"Tên sản phẩm": "2. Trà"}, "2. Trà", (), []),
        # Where no column numbers them the number stands in the name.
        ({"TT": "none", "Tên sản phẩm": "2. Trà"}, "Trà", (), []),
        ({"Tên sản phẩm": "Trà (ướp sen, ướp nhài)"}, "Trà (ướp sen, ướp nhài)", ("Trà ướp sen", "Trà ướp nhài"), []),
        ({"Tên sản phẩm": None, "Hạng sao": "3 sao"}, "", (), [("product_missing", "Tên sản phẩm", "")]),
    ],
)
def test_read_entry_reads_the_product(cells, name, variants, problems):
    entry = entry_of(cells)

    assert (entry.product_name, entry.variants, told(entry)) == (name, variants, problems)


@pytest.mark.parametrize(
    ("cells", "producer", "address"),
    [
        ({"Chủ thể": "HTX Ong, xã Ninh Gia"}, "HTX Ong", "xã Ninh Gia"),
        ({"Chủ thể": "HTX Ong, xã Ninh Gia", "Địa chỉ": "xã Đơn Dương"}, "HTX Ong, xã Ninh Gia", "xã Đơn Dương"),
        ({"Chủ thể": "HTX Ong, ĐT: 0912345678", "Địa chỉ": "xã Đơn Dương, ĐT: 0912345678"}, "HTX Ong", "xã Đơn Dương"),
        ({"Chủ thể": "…", "Địa chỉ": "-"}, "", ""),
        ({"Chủ thể": "none", "Tên, địa chỉ chủ thể": "HTX Ong, xã Ninh Gia"}, "HTX Ong", "xã Ninh Gia"),
        ({"Chủ thể": None, "Tên, địa chỉ chủ thể": "HTX Ong, xã Ninh Gia"}, "HTX Ong", "xã Ninh Gia"),
        ({"Chủ thể": "none", "Tên, địa chỉ chủ thể": "HTX Ong, xã A", "Địa chỉ": "xã B"}, "HTX Ong", "xã B"),
        # A name of its own comes before the one beside an address.
        ({"Chủ thể": "HTX Ong", "Tên, địa chỉ chủ thể": "HTX Khác, xã Ninh Gia"}, "HTX Ong", "xã Ninh Gia"),
        ({"Chủ thể": "HTX Ong", "Tên, địa chỉ chủ thể": "HTX Khác, xã A", "Địa chỉ": "xã B"}, "HTX Ong", "xã B"),
        ({"Huyện": "huyện Đắk Song", "Xã": "xã Thuận Hà"}, "HTX Ong Vàng", "xã Thuận Hà, huyện Đắk Song"),
        ({"Huyện": "Đắk Song", "Xã": "Thuận Hà"}, "HTX Ong Vàng", "Thuận Hà, Đắk Song"),
    ],
)
def test_read_entry_reads_producer_and_address(cells, producer, address):
    entry = entry_of(cells)

    assert (entry.producer_name, entry.address) == (producer, address)


def test_a_producer_beside_its_address_bears_the_heading_and_the_text_of_both():
    both = entry_of({"Chủ thể": "none", "Tên, địa chỉ chủ thể": "HTX Ong, xã Ninh Gia"})
    assert (both.headings["producer"], both.printed["producer"]) == ("Tên, địa chỉ chủ thể", "HTX Ong, xã Ninh Gia")

    corrected = entry_of(
        {"Chủ thể": "none", "Tên, địa chỉ chủ thể": "HTX Ong, xã Ninh Gia"}, corrections={"producer": "HTX Ong Rừng"}
    )
    assert (corrected.producer_name, corrected.printed["producer"]) == ("HTX Ong Rừng", "HTX Ong Rừng")
    assert corrected.address == "xã Ninh Gia"


@pytest.mark.parametrize(
    ("cells", "stars", "problems"),
    [
        ({"Hạng sao": "9 sao", "4 sao": "x"}, None, [("stars_out_of_range", "Hạng sao", "9 sao")]),
        ({"Hạng sao": "3 sao", "4 sao": "x"}, 3, []),
        ({"Hạng sao": None, "3 sao": "-", "4 sao": "có"}, 4, []),
        ({"Hạng sao": None, "3 sao": "", "4 sao": "X"}, 4, []),
        ({"Hạng sao": None, "3 sao": "x", "4 sao": "x"}, None, [("stars_contradict", "Hạng sao", "3, 4")]),
        (
            {"Hạng sao": "4 sao (tiềm năng 5 sao)"},
            4,
            [("potential_five_stars", "Hạng sao", "4 sao (tiềm năng 5 sao)")],
        ),
        ({"Xếp hạng": "4 sao", "Kết quả": "4 sao"}, 4, []),
        ({"Xếp hạng": "4 sao", "Kết quả": "Đạt"}, 4, []),
        ({"Xếp hạng": None, "Kết quả": "3 sao"}, None, []),
        ({"Xếp hạng": "4 sao", "Kết quả": "3 sao"}, 4, [("stars_contradict", "Xếp hạng", "4 sao; 3 sao")]),
    ],
)
def test_read_entry_reads_the_rank(cells, stars, problems):
    entry = entry_of(cells)

    assert (entry.stars, told(entry)) == (stars, problems)


def test_a_corrected_rank_is_held_against_nothing_of_its_row():
    corrections = {"stars": "3 sao"}
    assert told(entry_of({"Xếp hạng": "4 sao", "Kết quả": "4 sao"}, corrections=corrections)) == []
    assert entry_of({"Xếp hạng": None, "4 sao": "x"}, corrections={"stars": ""}).stars is None
    assert told(entry_of({"Xếp hạng": None, "4 sao": "x"}, corrections={"stars": "7 sao"})) == [
        ("stars_out_of_range", "Xếp hạng", "7 sao")
    ]


@pytest.mark.parametrize(
    ("cells", "number", "signed_on", "problems"),
    [
        ({"Số quyết định": "371/QĐ-UBND ngày 24/06/2025"}, "371/QĐ-UBND", date(2025, 6, 24), []),
        ({"Số quyết định": "371/QĐ-UBND"}, "371/QĐ-UBND", None, []),
        ({"Số quyết định": "371/QĐ–UBND ngày 24/06/2025"}, "371/QĐ-UBND", date(2025, 6, 24), []),
        ({"Số quyết định": "371/QĐ-UBND ngày 31/02/2025"}, "371/QĐ-UBND", None, []),
        (
            {"Số quyết định": "371/QĐ-UBND ngày 24/06/2025", "Ngày ký": "25/06/2025"},
            "371/QĐ-UBND",
            date(2025, 6, 25),
            [],
        ),
        ({"Số quyết định": "ba trăm"}, "", None, [("number_unreadable", "Số quyết định", "ba trăm")]),
        ({"Số quyết định": "…", "Ngày ký": "-"}, "", None, []),
        ({"Ngày ký": "hôm qua"}, "", None, [("date_unreadable", "Ngày ký", "hôm qua")]),
        ({"Ngày hết hạn": "36 tháng"}, "", None, []),
        ({"Ngày cấp": "36 tháng"}, "", None, [("date_unreadable", "Ngày cấp", "36 tháng")]),
        ({"Điểm": "nhiều"}, "", None, [("score_unreadable", "Điểm", "nhiều")]),
    ],
)
def test_read_entry_reads_decision_days_and_score(cells, number, signed_on, problems):
    entry = entry_of(cells)

    assert (entry.number, entry.signed_on, told(entry)) == (number, signed_on, problems)


def test_read_entry_takes_what_a_person_corrected():
    corrections = {
        "product": "Mật ong rừng",
        "producer": "HTX Rừng",
        "address": "xã B",
        "group": "Đồ uống",
        "province": "Long An",
    }

    entry = entry_of({"Địa chỉ": "xã A", "Nhóm": "Thực phẩm", "Điểm": "nhiều"}, corrections={**corrections, "score": ""})

    assert (entry.product_name, entry.producer_name, entry.address) == ("Mật ong rừng", "HTX Rừng", "xã B")
    assert (entry.group, entry.province, entry.score, entry.problems) == ("Đồ uống", "Long An", None, [])
    assert entry.corrected == {*corrections, "score"}


def test_the_first_group_that_is_said_counts():
    assert entry_of({"Ngành hàng": None, "Nhóm": "Thực phẩm"}).group == "Thực phẩm"
    assert entry_of({"Ngành hàng": "Thực phẩm", "Nhóm": "Gia vị"}).group == "Thực phẩm"


@pytest.mark.parametrize(
    ("cells", "formulas", "problems"),
    [
        ({"Điểm": "75"}, ["Điểm"], [("formula", "Điểm", "75")]),
        ({"Tên sản phẩm": None}, ["Tên sản phẩm"], [("formula", "Tên sản phẩm", "=…")]),
        # Nothing is read of these.
        ({"Ghi chú": "mới", "Hình thức": "lần đầu"}, ["TT", "Ghi chú", "Hình thức"], []),
        ({"Ghi chú": "=1+1"}, [], [("formula", "Ghi chú", "=1+1")]),
        ({"Điểm": "#N/A"}, [], [("formula", "Điểm", "#N/A"), ("score_unreadable", "Điểm", "#N/A")]),
        ({"Tên sản phẩm": "- Trà"}, [], []),
        ({"Tên sản phẩm": "'=1+1"}, [], [("formula", "Tên sản phẩm", "'=1+1")]),
    ],
)
def test_formulas_are_told_where_something_is_read(cells, formulas, problems):
    assert told(entry_of(cells, formulas=formulas)) == problems


def test_a_corrected_cell_is_no_formula_unless_it_looks_like_one():
    assert told(entry_of({"Điểm": "75"}, formulas=["Điểm"], corrections={"score": "80"})) == []
    assert told(entry_of({}, corrections={"product": "=1+1"})) == [("formula", "Tên sản phẩm", "=1+1")]


def test_texts_are_as_long_as_their_columns_and_of_one_alphabet():
    assert told(entry_of({"Tên sản phẩm": "a" * 255, "Địa chỉ": "b" * 1000, "Mã sản phẩm": "c" * 64})) == []
    (problem,) = entry_of({"Mã sản phẩm": "c" * 65}).problems
    assert (problem.code, problem.value, problem.facts) == ("text_too_long", "c" * 40 + "…", {"found": "65", "limit": "64"})
    long = entry_of({"Tên sản phẩm": "т" + "a" * 255, "Chủ thể": "т" + "a" * 255, "Địa chỉ": "xã A"})
    assert [problem.code for problem in long.problems] == ["text_too_long"] * 2
    alike = entry_of({"Tên sản phẩm": "Mậт ong", "Chủ thể": "HTX Оng"})
    assert [(p.code, p.column, p.value, p.facts["found"]) for p in alike.problems] == [
        ("lookalike_letters", "Tên sản phẩm", "Mậт ong", "т"),
        ("lookalike_letters", "Chủ thể", "HTX Оng", "О"),
    ]


def test_a_row_shorter_than_its_header_has_blanks():
    sheet = Sheet("Phụ lục", [["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"], [1, "Mật ong"]])

    entry = read_entry(sheet=sheet, row=1, columns=read_header(sheet, 0))

    assert (entry.product_name, entry.producer_name, entry.stars, entry.problems) == ("Mật ong", "", None, [])


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ([("Huyện", "Đắk Song"), ("Xã", "Thuận Hà")], "Thuận Hà, Đắk Song"),
        ([("Địa bàn", "huyện Đắk Song"), ("Nơi", "Thuận Hà")], "Thuận Hà, huyện Đắk Song"),
        ([("Xã", "Thuận Hà"), ("Huyện", "-")], "Thuận Hà"),
        ([("Xã", "Thuận Hà"), ("Địa chỉ", "thôn 1, THUẬN HÀ")], "thôn 1, THUẬN HÀ"),
        ([("Xã", "Thuận Hà"), ("Địa chỉ", "Thuận Hà")], "Thuận Hà"),
        ([], ""),
    ],
)
def test_join_address_says_each_place_once(parts, address):
    assert join_address(parts) == address

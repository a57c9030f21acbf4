"""Annexes of every layout are read cell by cell."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.entries import Edits, Given
from shop.domain.certificates.annexes.titles import DecisionFacts
from shop.domain.certificates.naming import comparable
from shop.domain.certificates.sheets.grid import Sheet

from .builder import AnnexBuilder, certified_rows

TODAY = date(2026, 11, 23)
ROWS = certified_rows()


def read(sheet, **given):
    return read_annex(sheets=[sheet], given=Given(**given), today=TODAY)


@given(seed=st.integers(min_value=0, max_value=10**9), merges=st.booleans())
@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_read_annex_reads_every_cell_of_any_layout(seed, merges):
    built = AnnexBuilder(seed, ROWS, merges=merges).build()

    annex = read(built.sheet)

    found = [
        (
            entry.row,
            comparable(entry.product_name),
            comparable(entry.producer_name),
            comparable(entry.address),
            entry.group,
            entry.stars,
        )
        for entry in annex.entries
    ]
    assert found == [
        (row.row, comparable(row.product), comparable(row.producer), comparable(row.address), row.group, row.stars)
        for row in built.rows
    ]
    assert {(entry.authority, entry.number, entry.signed_on) for entry in annex.entries} == {
        (built.authority, built.number, built.signed_on)
    }


HEADINGS = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao"]
OF_PROVINCE = "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026 của UBND tỉnh Lâm Đồng)"
OF_MINISTRY = "(Kèm theo Quyết định số 61/QĐ-BNNMT ngày 05/8/2026 của Bộ Nông nghiệp và Môi trường)"


def honey(*more, stars="3 sao", address="xã Ninh Gia", product="Mật ong"):
    return [1, product, "HTX Ong Vàng", address, stars, *more]


def sheet_of(*rows, lines=(OF_PROVINCE,), more=(), name="Phụ lục", **said):
    return Sheet(name, [*([line] for line in lines), [*HEADINGS, *more], *map(list, rows)], **said)


def codes(annex):
    return [(problem.code, problem.row, problem.value, dict(problem.facts)) for problem in annex.all_problems]


def read_all(*sheets, edits=None, **given):
    return read_annex(sheets=list(sheets), given=Given(**given), today=TODAY, edits=edits)


def test_a_sheets_own_name_comes_before_its_number():
    chosen = [sheet_of(honey(product="A"), name="2"), sheet_of(honey(product="B"), name="khác")]

    assert [entry.product_name for entry in read_all(*chosen, sheet="2").entries] == ["A"]
    assert [problem.code for problem in read_all(*chosen, sheet="3").problems] == ["sheet_not_found"]


def test_a_file_without_rows_says_whether_the_header_was_found():
    assert codes(read(Sheet("Phụ lục", [["Lời ngỏ"], ["Mật ong"]]))) == [("header_not_found", None, "", {})]
    assert codes(read(sheet_of())) == [("no_rows", None, "", {})]
    left_out = Edits(skipped=frozenset({("Phụ lục", 3)}))
    annex = read_all(sheet_of(honey()), edits=left_out)
    assert (codes(annex), annex.entries, [entry.row for entry in annex.skipped]) == ([], [], [3])


def test_a_file_of_hidden_sheets_alone_says_no_more_than_that():
    annex = read(sheet_of(honey(), is_hidden=True))

    assert ([problem.code for problem in annex.problems], annex.entries) == (["sheet_hidden"], [])


def test_a_sheet_of_words_beside_tables_is_told_and_an_empty_one_is_not():
    words, empty = Sheet("Lời ngỏ", [["Kính gửi"]]), Sheet("Trống", [[None, None]])

    told = read_all(sheet_of(honey()), words, empty).problems

    assert [(problem.code, problem.sheet) for problem in told] == [("sheet_without_table", "Lời ngỏ")]


def test_a_cover_sheet_names_the_decision_of_the_tables_behind_it():
    cover = Sheet("Bìa", [[OF_PROVINCE]])

    annex = read_all(Sheet("Trống", [[None]]), cover, sheet_of(honey(), lines=("Danh sách",)))

    assert [(problem.code, problem.sheet, dict(problem.facts)) for problem in annex.problems] == [
        ("sheet_without_table", "Bìa", {}),
        ("decision_from_other_sheet", "Phụ lục", {"found": "12/QĐ-UBND"}),
    ]
    assert annex.decision == DecisionFacts("UBND tỉnh Lâm Đồng", "12/QĐ-UBND", date(2026, 8, 5))
    entry = annex.entries[0]
    assert (entry.number, entry.signed_on, entry.issued_on, entry.title_day) == ("12/QĐ-UBND", *[date(2026, 8, 5)] * 3)


def test_rows_with_numbers_of_their_own_take_none_of_another_sheet():
    own = sheet_of(honey("9/QĐ-UBND", "01/02/2026"), lines=("Danh sách",), more=("Số quyết định", "Ngày ký"))

    annex = read_all(sheet_of(honey(product="Trà"), name="A"), own)

    assert "decision_from_other_sheet" not in {problem.code for problem in annex.problems}
    assert [(one.number, one.signed_on) for one in annex.entries] == [
        ("12/QĐ-UBND", date(2026, 8, 5)),
        ("9/QĐ-UBND", date(2026, 2, 1)),
    ]


@pytest.mark.parametrize(
    ("number", "signed", "expected"),
    [
        # The day of the title is that of its own decision alone.
        ("9/QĐ-UBND", None, ("9/QĐ-UBND", None, None)),
        ("12/QĐ-UBND", None, ("12/QĐ-UBND", date(2026, 8, 5), date(2026, 8, 5))),
        (None, None, ("12/QĐ-UBND", date(2026, 8, 5), date(2026, 8, 5))),
        ("9/QĐ-UBND", "01/02/2026", ("9/QĐ-UBND", date(2026, 2, 1), None)),
        # What is printed and cannot be read is not replaced by what stands elsewhere.
        ("số chín", None, ("", date(2026, 8, 5), date(2026, 8, 5))),
        (None, "hôm nọ", ("12/QĐ-UBND", None, None)),
    ],
)
def test_a_row_takes_from_the_title_what_it_does_not_say(number, signed, expected):
    (entry,) = read(sheet_of(honey(number, signed), more=("Số quyết định", "Ngày ký"))).entries

    assert (entry.number, entry.signed_on, entry.title_day) == expected
    assert entry.issued_on == entry.signed_on
    assert entry.authority == "UBND tỉnh Lâm Đồng"


def test_a_day_of_issue_stands_for_the_day_of_the_decision_that_nobody_says():
    issued = sheet_of(honey("01/02/2026"), lines=("Danh sách",), more=("Ngày cấp",))
    (entry,) = read(issued, number="5/QĐ-UBND", province="Lâm Đồng").entries
    assert (entry.signed_on, entry.issued_on, entry.title_day) == (date(2026, 2, 1), date(2026, 2, 1), None)

    (entry,) = read(issued, number="5/QĐ-UBND", province="Lâm Đồng", signed_on=date(2026, 1, 31)).entries
    assert (entry.signed_on, entry.issued_on, entry.title_day) == (date(2026, 1, 31), date(2026, 2, 1), date(2026, 1, 31))

    (entry,) = read(sheet_of(honey("hôm nọ"), more=("Ngày cấp",))).entries
    assert (entry.signed_on, entry.issued_on) == (date(2026, 8, 5), None)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": "5/QĐ-UBND"}, ("5/QĐ-UBND", "12/QĐ-UBND")),
        ({"authority": "UBND tỉnh Đắk Nông"}, ("UBND tỉnh Đắk Nông", "UBND tỉnh Lâm Đồng")),
        ({"signed_on": date(2026, 8, 6)}, ("2026-08-06", "2026-08-05")),
    ],
)
def test_an_option_contradicts_the_file(given, told):
    (problem,) = read(sheet_of(honey()), **given).problems

    assert (problem.code, problem.sheet, (problem.value, problem.facts["found"])) == ("option_contradicts_file", "Phụ lục", told)
    same = {"number": "12/QĐ-UBND", "authority": "UBND tỉnh Lâm Đồng", "signed_on": date(2026, 8, 5)}
    assert read(sheet_of(honey()), **same).problems == []


@pytest.mark.parametrize(
    ("lines", "name", "stars", "told"),
    [
        (("SẢN PHẨM 4 SAO",), "Phụ lục", 4, []),
        (("SẢN PHẨM 4 SAO", "Phân hạng: 4 sao"), "Phụ lục", 4, []),
        (("Danh sách",), "4 sao", 4, []),
        (("SẢN PHẨM 3 SAO",), "4 sao", 3, []),
        (("SẢN PHẨM 4 SAO", "SẢN PHẨM 3 SAO"), "5 sao", None, ["stars_missing"]),
        (("SẢN PHẨM TIỀM NĂNG 5 SAO",), "4 sao", None, ["five_star_candidate"]),
        (("SẢN PHẨM 2 SAO",), "4 sao", None, ["stars_out_of_range"]),
        (("Danh sách",), "2 sao", None, ["stars_missing"]),
    ],
)
def test_a_rank_over_all_rows_stands_in_the_title_or_is_the_sheets_name(lines, name, stars, told):
    (entry,) = read(sheet_of(honey(stars=None), lines=(*lines, OF_PROVINCE), name=name)).entries

    assert (entry.stars, [problem.code for problem in entry.problems]) == (stars, told)


@pytest.mark.parametrize(
    ("section", "title", "printed", "note", "stars", "told"),
    [
        ("Sản phẩm 4 sao", "Danh sách", None, None, 4, []),
        ("Sản phẩm 4 sao", "Danh sách", "4 sao", None, 4, []),
        ("Sản phẩm 4 sao", "Danh sách", "3 sao", None, 3, [("stars_contradict_section", "4")]),
        # The section is nearer than the title.
        ("Sản phẩm 3 sao", "Sản phẩm 4 sao", "3 sao", None, 3, []),
        ("Sản phẩm 3 sao", "Sản phẩm 4 sao", None, None, 3, []),
        ("Sản phẩm 3 sao", "Danh sách", None, "4 sao", 3, []),
        (None, "Sản phẩm 3 sao", None, "Hạng 4 sao", 4, []),
        (None, "Sản phẩm 3 sao", None, "****", 4, []),
        (None, "Sản phẩm 3 sao", None, "Tiềm năng 5 sao", None, [("five_star_candidate", None)]),
        # Neither a copy nor a number is a rank.
        (None, "Sản phẩm 3 sao", None, "Sao y bản chính", 3, []),
        (None, "Sản phẩm 3 sao", None, "4", 3, []),
        (None, "Sản phẩm 3 sao", "4 sao", None, 4, [("stars_differ_from_title", "3")]),
        (None, "Sản phẩm tiềm năng 5 sao", "4 sao", None, 4, []),
        (None, "Danh sách", "9 sao", "4 sao", None, [("stars_out_of_range", None)]),
        (None, "Sản phẩm 4 sao", "Đạt", None, None, [("stars_unreadable", None)]),
    ],
)
def test_a_rank_is_taken_from_the_nearest_place_that_says_it(section, title, printed, note, stars, told):
    rows = [honey(note, stars=printed)]
    if section:
        rows = [["I", section], *rows]

    (entry,) = read(sheet_of(*rows, lines=(title, OF_PROVINCE), more=("Ghi chú",))).entries

    assert (entry.stars, [(problem.code, problem.facts.get("found")) for problem in entry.problems]) == (stars, told)
    assert {problem.column for problem in entry.problems} <= {"Hạng sao"}


def test_a_rank_that_a_person_corrected_contradicts_nothing():
    edits = Edits(cells={("Phụ lục", 5): {"stars": "3 sao"}})
    sheet = sheet_of(["I", "Sản phẩm 4 sao"], honey(stars="4 sao"), lines=("Sản phẩm 4 sao", OF_PROVINCE))

    (entry,) = read_all(sheet, edits=edits).entries

    assert (entry.stars, entry.problems) == (3, [])


def test_a_rank_that_nobody_says_may_be_given_and_a_hope_above_is_told_in_its_words():
    assert read(sheet_of(honey(stars=None)), stars=4).entries[0].stars == 4
    (entry,) = read(sheet_of(["I", "Sản phẩm tiềm năng 5 sao"], honey(stars=None)), stars=4).entries
    assert (entry.stars, [(p.code, p.value) for p in entry.problems]) == (
        None,
        [("five_star_candidate", "Sản phẩm tiềm năng 5 sao")],
    )


@pytest.mark.parametrize(
    ("address", "printed", "title", "given", "province"),
    [
        # The ministry's list: the address tells, as far as it can.
        ("xã Trà Linh, huyện Nam Trà My", None, "Danh sách", "", ("Quảng Nam", "48")),
        ("thôn 3", None, "Danh sách", "", None),
        ("thôn 3", None, "Danh sách", "Quảng Nam", ("Quảng Nam", "48")),
        ("thôn 3", None, "DANH SÁCH CỦA TỈNH THANH HÓA NĂM 2026", "", ("Thanh Hóa", "38")),
        ("thôn 3", None, "Danh sách của tỉnh Bà Rịa - Vũng Tàu", "", ("Bà Rịa - Vũng Tàu", "79")),
        ("thôn 3", None, "Danh sách của thành phố Hải Phòng", "", ("Hải Phòng", "31")),
        ("thôn 3", None, "Các tỉnh: tỉnh Thanh Hóa và nhiều tỉnh khác", "", ("Thanh Hóa", "38")),
        ("huyện Châu Thành", None, "Danh sách", "", None),
        ("huyện Châu Thành", None, "Danh sách của tỉnh Long An", "", ("Long An", "80")),
        ("huyện Châu Thành", None, "Danh sách của tỉnh Thanh Hóa", "", None),
        # Printed beside the row it counts before everything else; what is no province is not read.
        ("xã Trà Linh, huyện Nam Trà My", "Thanh Hóa", "Danh sách", "", ("Thanh Hóa", "38")),
        ("xã Trà Linh, huyện Nam Trà My", "Mặt Trăng", "Danh sách", "", ("Quảng Nam", "48")),
    ],
)
def test_the_province_of_a_national_list(address, printed, title, given, province):
    sheet = sheet_of(honey(printed, address=address, stars="5 sao"), lines=(title, OF_MINISTRY), more=("Tỉnh",))

    annex = read(sheet, province=given)

    entry = annex.entries[0]
    told = [(problem.code, problem.value) for problem in annex.all_problems]
    assert (entry.province_code and (entry.province, entry.province_code)) == (province or "")
    assert told == ([] if province else [("province_unknown", address)])


@pytest.mark.parametrize(
    ("address", "printed", "province"),
    [
        ("xã Ninh Gia", None, ("Lâm Đồng", "68")),
        # Of before the reform, in the province of today.
        ("huyện Đắk Song", None, ("Đắk Nông", "68")),
        # A place of that name in another province is another place.
        ("thành phố Hải Dương", None, ("Lâm Đồng", "68")),
        ("xã Ninh Gia", "Thanh Hóa", ("Thanh Hóa", "38")),
    ],
)
def test_a_committee_certifies_its_own_province(address, printed, province):
    (entry,) = read(sheet_of(honey(printed, address=address), more=("Tỉnh",))).entries

    assert (entry.province, entry.province_code) == province


def test_rows_of_a_list_nobody_signed_share_the_commonest_province():
    rows = [
        honey(address="huyện Đắk Song"),
        honey(product="Trà", address="huyện Tuy Đức"),
        honey(product="Sen", address="thôn 1"),
    ]
    other = honey(product="Cam", address="huyện Nam Trà My")

    annex = read(sheet_of(*rows, other, lines=("Danh sách",)), number="7/QĐ-UBND", signed_on=date(2024, 3, 1))

    assert [entry.province for entry in annex.entries] == ["Đắk Nông", "Đắk Nông", "Đắk Nông", "Quảng Nam"]
    # Of two provinces none has signed for sure.
    assert [entry.authority for entry in annex.entries] == [""] * 4
    assert [problem.code for problem in annex.problems] == ["authority_missing"]


def test_a_province_that_does_not_exist_is_told():
    annex = read(sheet_of(honey()), province="Mặt Trăng")

    assert [(problem.code, problem.value) for problem in annex.problems] == [("wrong_province", "Mặt Trăng")]


@pytest.mark.parametrize(
    ("heading", "address", "province"),
    [
        ("Huyện", "Nam Trà My", "Quảng Nam"),
        ("Huyện", "huyện Nam Trà My", "Quảng Nam"),
        ("Quận", "Cầu Giấy", "Hà Nội"),
        ("Thị xã", "Nghi Sơn", "Thanh Hóa"),
        ("Phường", "Phan Thiết", "Lâm Đồng"),
        ("Xã", "Ninh Gia", "Lâm Đồng"),
        ("Địa chỉ", "Nam Trà My", ""),
    ],
)
def test_the_kind_of_a_place_may_stand_in_its_heading(heading, address, province):
    rows = [["TT", "Tên sản phẩm", "Chủ thể", heading, "Hạng sao"], [1, "Mật ong", "HTX Ong Vàng", address, "5 sao"]]

    assert read(Sheet("Phụ lục", [[OF_MINISTRY], *rows])).entries[0].province == province


def test_two_provinces_in_the_title_are_none():
    sheet = sheet_of(honey(address="thôn 3"), lines=("Sản phẩm của tỉnh Thanh Hóa", "và tỉnh Long An", OF_MINISTRY))

    assert read(sheet).entries[0].province == ""


def test_who_decided_is_inferred_once_for_all_rows_that_do_not_say():
    rows = [
        honey("9/QĐ-UBND", None),
        honey("9/QĐ-UBND", None, product="Trà", address="huyện Nam Trà My"),
        honey("8/QĐ-BNNMT", None, product="Sen"),
    ]
    rows += [honey("7/QĐ-SNNMT", None, product="Bơ"), honey("9/QĐ-UBND", "UBND huyện Đắk Song", product="Cam")]
    rows += [honey("9/QĐ-BNN-VPĐP", None, product="Dứa")]
    sheet = sheet_of(*rows, lines=("Danh sách",), more=("Số quyết định", "Cơ quan ban hành"))

    annex = read(sheet, province="Lâm Đồng", signed_on=date(2026, 1, 2))

    lam_dong, ministry, older = "UBND tỉnh Lâm Đồng", "Bộ Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Phát triển nông thôn"
    assert [entry.authority for entry in annex.entries] == [lam_dong, lam_dong, ministry, "", "UBND huyện Đắk Song", older]
    assert [(problem.code, dict(problem.facts)) for problem in annex.problems] == [
        ("authority_inferred", {"found": one}) for one in (lam_dong, ministry, older)
    ]
    assert [(p.code, p.row) for p in annex.entries[3].problems] == [("authority_missing", 6)]


def test_what_some_rows_lack_is_told_at_them():
    rows = [honey("9/QĐ-UBND", "01/02/2026"), honey(None, None, product="Trà"), honey("số nọ", "hôm kia", product="Sen")]
    sheet = sheet_of(*rows, lines=("Danh sách",), more=("Số quyết định", "Ngày ký"))

    annex = read(sheet, authority="UBND tỉnh Lâm Đồng")

    assert annex.problems == []
    assert [[(problem.code, problem.column) for problem in entry.problems] for entry in annex.entries] == [
        [],
        [("decision_number_missing", "Số quyết định"), ("decision_date_missing", "Ngày ký")],
        [("number_unreadable", "Số quyết định"), ("date_unreadable", "Ngày ký")],
    ]


def test_the_decision_of_a_list_is_that_of_most_rows():
    rows = [honey("9/QĐ-UBND"), honey(None, product="Trà"), honey(None, product="Sen")]

    annex = read(sheet_of(*rows, more=("Số quyết định",)))

    assert annex.decision == DecisionFacts("UBND tỉnh Lâm Đồng", "12/QĐ-UBND", date(2026, 8, 5))
    assert read(sheet_of()).decision == annex.decision
    given = {"authority": "UBND tỉnh Đắk Nông", "number": "5/QĐ-UBND", "signed_on": date(2024, 1, 2)}
    assert read(sheet_of(lines=("Danh sách",)), **given).decision == DecisionFacts(*given.values())

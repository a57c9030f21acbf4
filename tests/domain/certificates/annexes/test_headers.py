"""Which of several columns holds the rank, and what stands in the way of believing it."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.annexes.headers import read_header
from shop.domain.certificates.annexes.headings import Field
from shop.domain.certificates.sheets.grid import Sheet

TITLE = "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05/8/2026 của UBND tỉnh Lâm Đồng)"


def entry_of(headings, cells):
    rows = [[TITLE], ["TT", "Tên sản phẩm", "Chủ thể", *headings], [1, "Mật ong", "HTX Ong Vàng", *cells]]
    annex = read_annex(sheets=[Sheet(name="Phụ lục", rows=rows)], given=Given(), today=date(2026, 11, 23))
    return annex.entries[0]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["Hạng sao cũ", "Hạng sao"], ["3 sao", "4 sao"]),
        (["Xếp hạng năm 2023", "Xếp hạng năm 2026"], ["3 sao", "4 sao"]),
        (["Xếp hạng năm 2026", "Xếp hạng năm 2023"], ["4 sao", "3 sao"]),
        (["Kết quả", "Hạng sao"], ["Đạt", "4 sao"]),
        (["Xếp hạng cấp huyện", "Xếp hạng cấp tỉnh"], ["4 sao", "4 sao"]),
    ],
)
def test_read_header_takes_the_rank_of_this_round(headings, cells):
    entry = entry_of(headings, cells)

    assert (entry.stars, entry.problems) == (4, [])


def test_two_ranks_of_one_round_contradict_each_other():
    entry = entry_of(["Xếp hạng cấp huyện", "Xếp hạng cấp tỉnh"], ["4 sao", "3 sao"])

    assert [(problem.code, problem.value) for problem in entry.problems] == [("stars_contradict", "4 sao; 3 sao")]


def test_number_and_day_stand_in_one_column():
    entry = entry_of(["Hạng sao", "Số, ngày quyết định công nhận"], ["4 sao", "77/QĐ-UBND ngày 05/8/2025"])

    assert (entry.number, entry.signed_on) == ("77/QĐ-UBND", date(2025, 8, 5))


def test_a_formula_without_a_value_is_told_once():
    entry = entry_of(["Hạng sao"], ["4 sao"])
    sheet = Sheet(name="Phụ lục", rows=[[TITLE], ["TT", "Tên sản phẩm", "Hạng sao"], [1, None, "4 sao"]], formulas={(2, 1)})

    annex = read_annex(sheets=[sheet], given=Given(), today=date(2026, 11, 23))

    assert entry.problems == []
    assert [problem.code for problem in annex.all_problems if problem.is_error] == ["formula"]


def test_phones_beside_producer_and_address_are_left_out():
    entry = entry_of(["Địa chỉ, điện thoại", "Hạng sao"], ["xã Di Linh - ĐT: 0912 345 678", "4 sao"])

    assert (entry.producer_name, entry.address) == ("HTX Ong Vàng", "xã Di Linh")


def test_a_department_recognises_nothing():
    rows = [["(Kèm theo Quyết định số 15/QĐ-SNNMT ngày 05/8/2026 của Sở Nông nghiệp và Môi trường tỉnh Lâm Đồng)"]]
    rows += [["TT", "Tên sản phẩm", "Chủ thể", "Hạng sao"], [1, "Mật ong", "HTX Ong Vàng", "4 sao"]]

    annex = read_annex(sheets=[Sheet(name="Phụ lục", rows=rows)], given=Given(), today=date(2026, 11, 23))

    assert [problem.code for problem in annex.problems if problem.is_error] == ["authority_missing"]


def columns_of(*rows, merged=()):
    width = max(len(row) for row in rows)
    return read_header(Sheet("Phụ lục", [[*row, *[None] * (width - len(row))] for row in rows], list(merged)), 0)


@pytest.mark.parametrize(
    ("row", "is_header"),
    [
        (["Tên sản phẩm", "Chủ thể"], True),
        (["Tên sản phẩm", "Ghi chú"], True),
        # Without a product, or with nothing beside it, it is none.
        (["Tên sản phẩm"], False),
        (["Chủ thể", "Địa chỉ"], False),
        (["Tên sản phẩm", "Số điện thoại"], False),
        # Half of it at least are headings.
        (["Tên sản phẩm", "Chủ thể", "Hoa", "Lá"], True),
        (["Tên sản phẩm", "Chủ thể", "Hoa", "Lá", "Cành"], False),
        # A row of data begins with its number; numbers stand beside plenty of headings only.
        (["1", "Tên sản phẩm", "Chủ thể", "Địa chỉ"], False),
        (["Tên sản phẩm", "Chủ thể", "2024"], False),
        (["Tên sản phẩm", "Chủ thể", "1,5"], False),
        (["Tên sản phẩm", "Chủ thể", "Địa chỉ", "2024"], True),
        ([None, None, "Tên sản phẩm", None, "Chủ thể"], True),
    ],
)
def test_read_header_knows_a_header_by_most_of_its_cells(row, is_header):
    assert (columns_of(row) is not None) is is_header


def test_a_header_says_where_it_is_and_what_stands_over_each_column():
    found = columns_of(["TT", "Tên sản phẩm", None, "Chủ thể", "Hoa"], [1, "Mật ong", None, "HTX Ong", None])

    assert (found.first_row, found.data_row) == (0, 1)
    assert found.fields == {Field.ORDER: 0, Field.PRODUCT: 1, Field.PRODUCER: 3}
    assert found.headings == {0: "TT", 1: "Tên sản phẩm", 3: "Chủ thể", 4: "Hoa"}
    assert (found.heading(Field.PRODUCER), found.heading(Field.STARS)) == ("Chủ thể", "")


def test_the_first_of_two_columns_counts_and_all_addresses_and_groups_are_kept():
    found = columns_of(["Tên sản phẩm", "Tên SP", "Xã", "Huyện", "Nhóm", "Ngành hàng", "Chủ thể"])

    assert (found.fields[Field.PRODUCT], found.fields[Field.ADDRESS], found.fields[Field.GROUP]) == (0, 2, 4)
    assert (found.addresses, found.groups, found.ticks, found.other_ranks) == ((2, 3), (4, 5), {}, ())


def test_ranks_of_other_years_are_not_held_against_the_one_of_this_year():
    named = columns_of(["Tên sản phẩm", "Xếp hạng", "Phân hạng", "Kết quả"])
    assert (named.fields[Field.STARS], named.other_ranks) == (1, (2, 3))
    years = columns_of(["Tên sản phẩm", "Xếp hạng năm 2023", "Xếp hạng năm 2026", "Kết quả"])
    assert (years.fields[Field.STARS], years.other_ranks) == (2, (3,))
    later = columns_of(["Tên sản phẩm", "Kết quả", "Hạng sao"])
    assert (later.fields[Field.STARS], later.other_ranks) == (2, (1,))


DATA = [1, "Mật ong", "HTX Ong", "xã A", "4 sao"]


@pytest.mark.parametrize(
    ("rows", "merged", "data_row", "fields"),
    [
        # A wide heading says what the columns under it cannot say alone.
        (
            [["TT", "Sản phẩm", None, "Chủ thể", None], [None, "Tên", "Nhóm", "Tên", "Địa chỉ"], DATA],
            [(0, 1, 0, 2), (0, 3, 0, 4)],
            2,
            {"order": 0, "product": 1, "group": 2, "producer": 3, "address": 4},
        ),
        # csv has no spans: the nearest heading to the left counts.
        (
            [["TT", "Sản phẩm", None, "Chủ thể", None], [None, "Tên", "Nhóm", "Tên", "Địa chỉ"], DATA],
            [],
            2,
            {"order": 0, "product": 1, "group": 2, "producer": 3, "address": 4},
        ),
        (
            [["TT", "Tên sản phẩm", "Chủ thể, địa chỉ", None, None], [None, None, "Tên", "Địa chỉ", None], DATA],
            [(0, 2, 0, 3)],
            2,
            {"order": 0, "product": 1, "producer": 2, "address": 3},
        ),
        (
            [["TT", "Tên sản phẩm", "Quyết định công nhận", None, None], [None, None, "Số", "Ngày", None], DATA],
            [(0, 2, 0, 3)],
            2,
            {"order": 0, "product": 1, "number": 2, "signed_on": 3},
        ),
        (
            [["TT", "Tên sản phẩm", "Quyết định", None], [None, None, "Ngày", "Số"], DATA[:4]],
            [],
            2,
            {"order": 0, "product": 1, "signed_on": 2, "number": 3},
        ),
        # Where a list has spans, a heading spans no more than they say.
        (
            [["TT", "Tên sản phẩm", "Quyết định", None], [None, None, "Ngày", "Số"], DATA[:4]],
            [(2, 0, 3, 0)],
            2,
            {"order": 0, "product": 1, "signed_on": 2},
        ),
        (
            [["TT", "Tên sản phẩm", "Quyết định", None, None], [None, None, "Ngày", "Số", "Ghi chú"], DATA],
            [(0, 2, 0, 3)],
            2,
            {"order": 0, "product": 1, "signed_on": 2, "number": 3, "note": 4},
        ),
        # Three rows belong to it, a fourth does not.
        (
            [["TT", "Sản phẩm", None], [None, "Tên", "Chủ thể"], [None, "Tên", "Địa chỉ"], [None, "Tên", "Nhóm"]],
            [],
            3,
            {"order": 0, "product": 1, "address": 2},
        ),
        # A lone text under a header is a section, unless it stands under a wide heading.
        ([["TT", "Tên sản phẩm", "Chủ thể"], [None, "Địa chỉ", None], DATA], [], 1, {"order": 0, "product": 1, "producer": 2}),
        (
            [["TT", "Tên sản phẩm", "Chủ thể", None], [None, None, None, "Địa chỉ"], DATA],
            [(0, 2, 0, 3)],
            2,
            {"order": 0, "product": 1, "producer": 2, "address": 3},
        ),
        # So are texts that are no headings, and numbers are data.
        ([["TT", "Tên sản phẩm", "Chủ thể"], [None, "Mật ong", "HTX Ong"]], [], 1, {"order": 0, "product": 1, "producer": 2}),
        ([["TT", "Tên sản phẩm", "Chủ thể"], ["1", "Tên", "Nhóm"]], [], 1, {"order": 0, "product": 1, "producer": 2}),
        # Under a tall heading stands whatever an old program left in its cells.
        (
            [["TT", "Tên sản phẩm", "Chủ thể", "Ghi chú"], [None, None, "Xã", "Hoa"], DATA[:4]],
            [(0, 3, 1, 3)],
            2,
            {"order": 0, "product": 1, "address": 2},
        ),
        (
            [["TT", "Tên sản phẩm", "Chủ thể", "Ghi chú"], [None, None, "Xã", "Hoa"], DATA[:4]],
            [(0, 2, 1, 2)],
            1,
            {"order": 0, "product": 1, "producer": 2, "note": 3},
        ),
    ],
)
def test_a_header_of_several_rows(rows, merged, data_row, fields):
    found = columns_of(*rows, merged=merged)

    assert ({str(name): column for name, column in found.fields.items()}, found.data_row) == (fields, data_row)


def test_columns_of_crosses_stand_under_the_rank():
    rows = [["TT", "Tên sản phẩm", "Kết quả phân hạng", None], [None, None, "3 sao", "4 sao"], [1, "Mật ong", None, "x"]]

    found = columns_of(*rows, merged=[(0, 2, 0, 3)])

    assert (found.ticks, found.data_row, Field.STARS in found.fields) == ({2: 3, 3: 4}, 2, False)
    named = columns_of(["TT", "Tên sản phẩm", "Chủ thể", "3 sao", "4 sao"])
    assert (named.ticks, named.headings[3], Field.STARS in named.fields) == ({3: 3, 4: 4}, "3 sao", False)


def test_a_heading_over_two_columns_is_none_for_one_that_has_nothing_of_its_own():
    rows = [["TT", "Tên sản phẩm", "Chủ thể", None, "Địa chỉ"], [None, None, "Tên", None, "Xã"], DATA]

    found = columns_of(*rows, merged=[(0, 2, 0, 3)])

    assert (found.headings, found.fields[Field.PRODUCER]) == (
        {0: "TT", 1: "Tên sản phẩm", 2: "Tên", 4: "Xã"},
        2,
    )


def test_a_short_row_is_no_longer_than_it_is():
    sheet = Sheet("Phụ lục", [["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ"], [None, "Tên", "Nhóm"]])

    found = read_header(sheet, 0)

    assert (found.fields[Field.ADDRESS], found.data_row) == (3, 2)

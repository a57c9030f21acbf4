"""Which of several columns holds the rank, and what stands in the way of believing it."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.entries import Given
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

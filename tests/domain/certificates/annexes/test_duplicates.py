"""Rows that say the same product of the same producer twice, and codes that two products share."""

from datetime import date
from decimal import Decimal

import pytest

from shop.domain.certificates.annexes.duplicates import check_duplicates, natural_key
from shop.domain.certificates.annexes.entries import Entry

DAY = date(2026, 8, 5)


def entry(row, **said):
    first = {"product_name": "Trà Thuý", "producer_name": "HTX Trà", "stars": 3, "number": "9/QĐ-UBND", "signed_on": DAY}
    return Entry(sheet="Phụ lục", row=row, **(first | {"authority": "UBND tỉnh Lâm Đồng"} | said))


def told(*entries):
    check_duplicates(list(entries))
    return [(one.row, problem.code, problem.column, problem.facts["found"]) for one in entries for problem in one.problems]


def test_natural_key_is_one_for_every_spelling():
    assert natural_key(entry(1)) == natural_key(entry(2, product_name="TRÀ  THÚY", producer_name="Hợp tác xã Trà"))


@pytest.mark.parametrize(
    "other",
    [
        {"product_name": "Trà Thủy"},
        {"producer_name": "HTX Chè"},
        {"number": "8/QĐ-UBND"},
        {"signed_on": date(2026, 8, 6)},
        {"authority": "UBND tỉnh Đắk Nông"},
        {"product_code": "68-1"},
    ],
)
def test_rows_that_differ_in_what_makes_a_certificate_are_two(other):
    assert told(entry(1), entry(2, **other)) == []


def test_a_row_that_repeats_another_points_at_it():
    first, again, once_more = entry(1), entry(2, address="khác"), entry(3)

    assert told(first, again, once_more) == [
        (2, "duplicate_row", "Tên sản phẩm", "1"),
        (3, "duplicate_row", "Tên sản phẩm", "1"),
    ]
    assert (first.repeats, again.repeats, once_more.repeats) == (None, first, first)


@pytest.mark.parametrize("other", [{"stars": 4}, {"issued_on": DAY}, {"score": Decimal(60)}])
def test_rows_that_contradict_each_other_are_errors(other):
    assert told(entry(1), entry(2, **other)) == [(2, "duplicate_contradicts", "Tên sản phẩm", "1")]


def test_a_code_belongs_to_its_first_product_and_rows_without_one_are_passed_over():
    coded = {"product_code": "68-1"}
    found = told(entry(1, **coded), entry(2, product_name="Sen", **coded), entry(3, product_name="Cam", **coded))

    assert found == [(2, "duplicate_code", "Mã sản phẩm", "1"), (3, "duplicate_code", "Mã sản phẩm", "1")]
    assert told(entry(1, product_name=""), entry(2, product_name=""), entry(3), entry(4)) == [
        (4, "duplicate_row", "Tên sản phẩm", "3")
    ]

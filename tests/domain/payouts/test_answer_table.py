"""A bank's answer as rows of texts: which files are tables, and what stands in a cell."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from shop.domain.payouts import answer_table
from shop.domain.payouts.answer_table import LARGEST_BYTES, MOST_ROWS, NotATable, read_table


def test_empty_lines_are_left_out_and_keep_their_numbers():
    assert read_table(content="a;b\n\n ; \n1,5;2\n".encode("utf-8-sig")) == [(1, ["a", "b"]), (4, ["1,5", "2"])]


def test_commas_divide_where_no_semicolon_does():
    assert read_table(content=b"a,b\n1,2") == [(1, ["a", "b"]), (2, ["1", "2"])]


@pytest.mark.parametrize("content", [b"", b" ;\n", b"a;b\0", b"\xff\xfe", b'"' + b"x" * 200_000])
def test_what_is_no_table_is_refused(content):
    with pytest.raises(NotATable):
        read_table(content=content)


def test_five_thousand_rows_and_a_million_bytes_are_enough():
    assert len(read_table(content=b"a;b\n" * MOST_ROWS)) == MOST_ROWS
    with pytest.raises(NotATable):
        read_table(content=b"a;b\n" * (MOST_ROWS + 1))
    line = b"a;" + b"x" * (LARGEST_BYTES // 10 - 3) + b"\n"
    assert len(read_table(content=line * 10)) == 10
    with pytest.raises(NotATable):
        read_table(content=line * 10 + b"a")


def test_the_first_filled_sheet_counts_and_numbers_and_days_become_texts():
    book, target = Workbook(), io.BytesIO()
    book.create_sheet("Trống", 0)
    book.worksheets[1].append(["mã", 77, 1.5, date(2026, 11, 28)])
    book.create_sheet("Khác").append(["x"])
    book.save(target)

    assert read_table(content=target.getvalue()) == [(1, ["mã", "77", "1.5", "2026-11-28"])]


@pytest.mark.parametrize(("cell", "text"), [(None, ""), (3.0, "3"), (1.5, "1.5"), (date(2026, 1, 2), "2026-01-02"), ("a", "a")])
def test_a_cell_becomes_its_text(cell, text):
    assert answer_table._text(cell) == text

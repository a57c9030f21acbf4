"""Lines of a statement: which column is which, what is money that came, and why a line is refused."""

from datetime import date, timedelta

import pytest

from shop.domain.certificates.sheets.grid import FileRefused, Sheet
from shop.domain.payments import statement_reading
from shop.domain.payments.statement_reading import AmountUnreadable, Statement, StatementRow, read_amount, read_statement

TODAY = date(2026, 11, 20)
CREDIT_AND_DEBIT = ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung"]
ONE_AMOUNT = ["Date", "Reference", "Amount", "Description"]


@pytest.fixture
def read(monkeypatch):
    """Reads rows as if a file had held them."""

    def read(*sheets, today=TODAY, formulas=()):
        made = [Sheet("1", rows, formulas=set(formulas)) for rows in sheets]
        monkeypatch.setattr(statement_reading, "read_sheets", lambda path: made if path == "x.csv" else [])
        return read_statement(path="x.csv", today=today)

    return read


def line(reference="FT1", amount=1000, memo="mua che", day=TODAY):
    return [day, reference, None, amount, memo]


@pytest.mark.parametrize(
    ("cell", "amount_vnd"),
    [
        *((70000, 70000), (70000.0, 70000), (-5, -5), (100_000_000_000, 100_000_000_000), (0, 0)),
        *(("70.000", 70000), ("70,000", 70000), ("1 234 567", 1234567), ("70.000,00", 70000), ("+70.000", 70000)),
        *(("-70.000", -70000), ("(70.000)", -70000), ("70.000-", -70000), ("- 70.000", -70000)),
        *(("70.000 đ", 70000), ("70.000\xa0VND", 70000), ("70000₫", 70000), ("1\xa0000", 1000)),
    ],
)
def test_amounts_as_banks_print_them(cell, amount_vnd):
    assert read_amount(cell) == amount_vnd


@pytest.mark.parametrize(
    "cell",
    [True, None, TODAY, 0.5, 100_000_000_001, -100_000_000_001, "", "mười", "100,5", "1.00.000", "٣٠٠٠", "1000 USD", "12e3"],
)
def test_what_is_no_whole_amount_is_not_guessed(cell):
    with pytest.raises(AmountUnreadable):
        read_amount(cell)


def test_lines_are_read_below_a_heading_that_is_not_the_first_row(read):
    table = [["Sao kê tài khoản"], CREDIT_AND_DEBIT, [], line(), [TODAY, "FT2", "50.000", "", "phí"], line("FT3", "2.000", None)]

    assert read([["Trang bìa"]], table) == Statement(
        [StatementRow(4, "FT1", 1000, "mua che", TODAY), StatementRow(6, "FT3", 2000, "", TODAY)], outgoing=1
    )


def test_one_column_of_amounts_knows_by_its_sign_what_left(read):
    told = read([ONE_AMOUNT, [TODAY, "A", -500, "phí"], [TODAY, "B", 500, "che"], [TODAY, "C", 0, "không"]])

    assert (told.outgoing, [(row.reference, row.amount_vnd, row.problem) for row in told.rows]) == (
        1,
        [("B", 500, ""), ("C", 0, "amount_out_of_range")],
    )


def test_a_column_of_what_left_stands_beside_one_of_amounts(read):
    told = read([[*ONE_AMOUNT, "Debit"], [TODAY, "A", 500, "phí", 500], [TODAY, "B", 500, "che", "-"], [TODAY, "C", 500, "che"]])

    assert (told.outgoing, [row.reference for row in told.rows]) == (1, ["B", "C"])


def test_a_line_with_credit_came_even_beside_a_debit(read):
    told = read([CREDIT_AND_DEBIT, [TODAY, "FT1", 5, 1000, "x"], [TODAY, "FT2", 5, "-", "x"], [TODAY, "FT3", "", "", "x"]])

    assert told.outgoing == 1
    assert [(row.reference, row.problem) for row in told.rows] == [("FT1", ""), ("FT3", "amount_out_of_range")]


@pytest.mark.parametrize(
    ("row", "amount_vnd", "problem"),
    [
        (line("x" * 64), 1000, ""),
        (line("x" * 65), 1000, "no_reference"),
        (line(None), 1000, "no_reference"),
        (line(amount="100,5"), 0, "amount_unreadable"),
        (line(amount=100_000_000_000), 100_000_000_000, ""),
        (line(amount=1), 1, ""),
        (line(amount=-1), 0, "amount_out_of_range"),
        (line(day="hôm qua"), 1000, "no_date"),
        (line(day=None), 1000, "no_date"),
        (line(day="20/11/2026 09:15:00"), 1000, ""),
        (line(day=TODAY + timedelta(days=1)), 1000, "in_future"),
        (line(None, "x", day="x"), 0, "no_reference"),
        (line(amount="x", day="x"), 0, "amount_unreadable"),
    ],
)
def test_a_line_says_in_one_word_why_it_is_not_taken(read, row, amount_vnd, problem):
    told = read([CREDIT_AND_DEBIT, row]).rows[0]

    assert (told.amount_vnd, told.problem) == (amount_vnd, problem)
    assert told.day == (None if problem in {"no_date", "in_future"} or row[0] == "x" else TODAY)
    assert len(told.reference) <= 64


def test_a_formula_and_a_reference_seen_before_are_not_taken(read):
    table = [CREDIT_AND_DEBIT, line("A"), line("B"), line("A"), line("C", "x"), line("C"), line("")]
    told = read(table, formulas={(2, 3), (1, 9), (0, 3)})

    assert [row.problem for row in told.rows] == ["", "formula", "twice", "amount_unreadable", "twice", "no_reference"]
    assert told.rows[2] == StatementRow(4, "A", 1000, "mua che", TODAY, "twice")


def test_words_are_shortened_and_numbers_kept_whole(read):
    told = read([CREDIT_AND_DEBIT, line(20261120.0, memo="mua   che\n" + "x" * 300)]).rows[0]

    assert (told.reference, told.memo) == ("20261120", ("mua che " + "x" * 300)[:255])


@pytest.mark.parametrize("missing", [0, 1, 3, 4])
def test_a_sheet_without_the_columns_is_refused(read, missing):
    heading = [text if place != missing else "Khác" for place, text in enumerate(CREDIT_AND_DEBIT)]

    with pytest.raises(FileRefused) as refused:
        read([heading, line()])
    assert refused.value.code == "no_columns"


def test_a_heading_is_looked_for_in_forty_rows_and_its_first_column_of_a_name_counts(read):
    blank = [[None]]
    assert read([*blank * 39, [*CREDIT_AND_DEBIT, "Ngày hiệu lực"], [*line(), "x"]]).rows[0].day == TODAY
    with pytest.raises(FileRefused):
        read([*blank * 40, CREDIT_AND_DEBIT, line()])


def test_two_thousand_lines_are_read_and_one_more_is_refused(read):
    lines = [line(f"FT{number}") for number in range(2001)]

    assert len(read([CREDIT_AND_DEBIT, *lines[:2000]]).rows) == 2000
    with pytest.raises(FileRefused) as refused:
        read([CREDIT_AND_DEBIT, *lines])
    assert (refused.value.code, refused.value.detail) == ("too_many_rows", "2001")

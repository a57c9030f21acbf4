"""The bank's file: rows, total and a checksum anybody can reckon again."""

import hashlib
import io

import pytest
from openpyxl import Workbook

from shop.common import clock
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.bank_answers import Fault, read_answers
from shop.domain.payouts.bank_file import FileChanged, file_rows
from shop.domain.payouts.models import Payout
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.producers.staff import actor_of
from tests.factories import make_officer, make_producer
from tests.factories.payouts import look_at_books, make_earning

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    look_at_books()
    make_earning(make_producer())
    prepared = prepare_batch(actor=actor_of(user=make_officer()), now=clock.now())
    return approve_batch(batch_id=prepared.pk, actor=actor_of(user=make_officer()), now=clock.now())


def test_the_file_says_who_gets_what_and_proves_itself(batch):
    _header, row, total, checksum = file_rows(batch=batch)
    payout = batch.payouts.get()

    assert row[:7] == (
        1,
        payout.code,
        "970436",
        "Vietcombank",
        payout.bank_account.account_number,
        "HTX CHE TAN CUONG",
        payout.amount_vnd,
    )
    assert (total[1], total[6]) == (1, batch.total_vnd)
    lines = "|".join(str(cell) for cell in row) + "\n"
    assert checksum[1] == hashlib.sha256(lines.encode()).hexdigest()


def test_rows_that_are_not_those_approved_are_not_given_out(batch):
    Payout.objects.update(amount_vnd=999_999_999)

    with pytest.raises(FileChanged):
        file_rows(batch=batch)


def test_a_sum_that_is_not_the_one_approved_is_not_given_out_either(batch):
    batch.total_vnd += 1

    with pytest.raises(FileChanged):
        file_rows(batch=batch)


HEADER = "Mã chi trả;Số tiền;Kết quả;Mã giao dịch;Lý do\n"


def read(batch, text):
    payout = batch.payouts.get()
    filled = text.replace("CODE", payout.code).replace("AMOUNT", str(payout.amount_vnd))
    return read_answers(batch=batch, content=filled.encode("utf-8-sig"))


def test_an_answer_is_read_whatever_the_order_of_its_columns(batch):
    answers, problems = read(batch, "Reference,Status,Payout,Amount\nFT9,paid,CODE,AMOUNT\n")

    assert problems == []
    assert [(answer.is_paid, answer.bank_reference) for answer in answers] == [(True, "FT9")]


def test_an_amount_is_read_as_banks_print_it_and_a_hundredth_is_another_one(batch):
    amount_vnd = batch.payouts.get().amount_vnd
    printed = f"{amount_vnd:,}".replace(",", ".")
    for text in (printed, f"{printed},00", f"{amount_vnd} VND"):
        assert read(batch, f"{HEADER}CODE;{text};thành công;FT1;\n")[1] == []
    hundredth = f"{amount_vnd // 100:,}".replace(",", ".")
    for text in (f"{hundredth},00", f"-{printed}", f"{printed},5", ""):
        assert [problem.fault for problem in read(batch, f"{HEADER}CODE;{text};thành công;FT1;\n")[1]] == [Fault.WRONG_AMOUNT]


def test_a_row_that_ends_early_lacks_what_it_does_not_say(batch):
    _, problems = read(batch, f"{HEADER}CODE;AMOUNT;thành công\n")

    assert [problem.fault for problem in problems] == [Fault.NO_REFERENCE]


def workbook(*rows):
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def test_the_file_the_bank_paid_from_comes_back_as_a_workbook_with_its_answers(batch):
    header, row, *ends = file_rows(batch=batch)
    content = workbook([*header, "Kết quả", "Mã giao dịch"], [*row, "Thành công", 77], *ends)

    answers, problems = read_answers(batch=batch, content=content)

    assert problems == []
    assert [(answer.is_paid, answer.bank_reference) for answer in answers] == [(True, "77")]


def test_a_workbook_with_a_formula_or_a_damaged_one_is_not_believed(batch):
    payout = batch.payouts.get()
    titles = ["Mã chi trả", "Số tiền", "Kết quả", "Mã giao dịch"]
    formula = workbook(titles, [payout.code, f"={payout.amount_vnd}+0", "thành công", "FT1"])

    for content in (formula, formula[:300], workbook(), b"PK\x03\x04"):
        answers, problems = read_answers(batch=batch, content=content)
        assert (answers, [problem.fault for problem in problems]) == ([], [Fault.NOT_A_TABLE])


@pytest.mark.parametrize(
    ("text", "row", "fault"),
    [
        ("", 0, Fault.NOT_A_TABLE),
        ("a;b\n1;2\n", 0, Fault.NO_COLUMNS),
        (HEADER, 0, Fault.NO_ROWS),
        (HEADER + "CT0;AMOUNT;thành công;FT1;\n", 2, Fault.UNKNOWN_CODE),
        (HEADER + "CODE;AMOUNT1;thành công;FT1;\n", 2, Fault.WRONG_AMOUNT),
        (HEADER + "CODE;AMOUNT;có lẽ;FT1;\n", 2, Fault.UNKNOWN_RESULT),
        (HEADER + "CODE;AMOUNT;thành công;;\n", 2, Fault.NO_REFERENCE),
        (HEADER + "CODE;AMOUNT;thất bại;;\n", 2, Fault.NO_REASON),
        (HEADER + "CODE;AMOUNT;thành công;FT1;\nCODE;AMOUNT;thành công;FT1;\n", 3, Fault.TWICE),
    ],
)
def test_one_bad_row_and_nothing_is_believed(text, row, fault, batch):
    answers, problems = read(batch, text)

    assert answers == []
    assert [(problem.row, problem.fault) for problem in problems] == [(row, fault)]

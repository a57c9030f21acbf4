"""The bank's answer as a table: columns in any order, found by their names; one bad row and nothing is believed.

The file the bank paid from comes back as well, with two columns more: its last two lines are no payouts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shop.common.vietnamese import fold
from shop.domain.payments.statement_reading import AmountUnreadable, read_amount

from .answer_table import NotATable, read_table
from .bank_file import CHECKSUM, TOTAL
from .models import Payout, PayoutBatch
from .settling import Answer

COLUMNS = {
    "code": ("ma chi tra", "payout"),
    "result": ("ket qua", "trang thai", "result", "status"),
    "amount": ("so tien", "so tien (vnd)", "amount"),
    "reference": ("ma giao dich", "so tham chieu", "reference"),
    "failure": ("ly do", "reason"),
}
PAID = {"thanh cong", "da chi", "paid", "success"}
FAILED = {"that bai", "loi", "khong thanh cong", "failed", "error"}


class Fault(StrEnum):
    """What is wrong with a row, or with the whole table (`row` 0)."""

    NOT_A_TABLE = "not_a_table"
    NO_COLUMNS = "no_columns"
    NO_ROWS = "no_rows"
    UNKNOWN_CODE = "unknown_code"
    TWICE = "twice"
    UNKNOWN_RESULT = "unknown_result"
    WRONG_AMOUNT = "wrong_amount"
    NO_REFERENCE = "no_reference"
    NO_REASON = "no_reason"
    NOT_OUT = "not_out"


@dataclass(frozen=True)
class Problem:
    """One fault and the line of the file it stands in."""

    row: int
    fault: Fault


def read_answers(*, batch: PayoutBatch, content: bytes) -> tuple[list[Answer], list[Problem]]:
    """Return the bank's answers about a batch, or what is wrong with the file; never both."""
    try:
        (_, header), *rows = read_table(content=content)
    except NotATable:
        return [], [Problem(0, Fault.NOT_A_TABLE)]
    places = {name: _place(header, titles) for name, titles in COLUMNS.items()}
    if places["code"] is None or places["result"] is None or places["amount"] is None:
        return [], [Problem(0, Fault.NO_COLUMNS)]
    payouts = {payout.code: payout for payout in batch.payouts.all()}
    answers: dict[int, Answer] = {}
    problems = []
    for line, row in rows:
        if row[0].strip() in {TOTAL, CHECKSUM}:
            continue
        cells = {name: "" if at is None or at >= len(row) else row[at].strip().lstrip("'") for name, at in places.items()}
        payout = payouts.get(cells["code"].upper())
        fault = _fault(cells, payout, answers)
        if fault is not None or payout is None:
            problems.append(Problem(line, fault or Fault.UNKNOWN_CODE))
        else:
            answers[payout.pk] = Answer(payout.pk, fold(cells["result"]) in PAID, cells["reference"], cells["failure"])
    if not answers and not problems:
        problems.append(Problem(0, Fault.NO_ROWS))
    return ([], problems) if problems else (list(answers.values()), [])


def _place(header: Sequence[str], titles: tuple[str, ...]) -> int | None:
    return next((at for at, title in enumerate(header) if fold(title).strip() in titles), None)


def _amount(text: str) -> int | None:
    """Whole đồng as banks print them; «3.000,00» is three thousand and not three hundred thousand."""
    try:
        return read_amount(text)
    except AmountUnreadable:
        return None


def _fault(cells: dict[str, str], payout: Payout | None, answers: dict[int, Answer]) -> Fault | None:
    result = fold(cells["result"])
    checks = (
        (Fault.UNKNOWN_CODE, payout is None),
        (Fault.TWICE, payout is not None and payout.pk in answers),
        (Fault.UNKNOWN_RESULT, result not in PAID | FAILED),
        (Fault.WRONG_AMOUNT, payout is not None and _amount(cells["amount"]) != payout.amount_vnd),
        (Fault.NO_REFERENCE, result in PAID and not cells["reference"]),
        (Fault.NO_REASON, result in FAILED and not cells["failure"]),
        (Fault.NOT_OUT, payout is not None and payout.status in {Payout.Status.PREPARED, Payout.Status.DROPPED}),
    )
    return next((fault for fault, holds in checks if holds), None)

"""The file a bank pays from: one row per payout, the total, and a checksum over the rows."""

import hashlib
from collections.abc import Iterable, Sequence

from shop.common.csv_text import harmless

from .banks import bank_name
from .models import Payout, PayoutBatch

HEADER = ("STT", "Mã chi trả", "BIN ngân hàng", "Ngân hàng", "Số tài khoản", "Tên người hưởng", "Số tiền (VND)", "Nội dung")
TOTAL = "Tổng"
CHECKSUM = "SHA-256"
Row = tuple[int, str, str, str, str, str, int, str]
OUT = (Payout.Status.SENT, Payout.Status.PAID, Payout.Status.FAILED)


class FileChanged(Exception):
    """The rows are not those that were approved: the file is not given out."""


def file_rows(*, batch: PayoutBatch) -> list[Sequence[object]]:
    """The whole file of an approved batch, the same each time it is asked for; raises FileChanged."""
    payouts = batch.payouts.filter(status__in=OUT).select_related("bank_account").order_by("pk")
    rows = payment_rows(payouts)
    if checksum_of(rows) != batch.checksum or sum(row[6] for row in rows) != batch.total_vnd:
        raise FileChanged(batch.pk)
    total = (TOTAL, len(rows), "", "", "", "", batch.total_vnd, "")
    return [HEADER, *rows, total, (CHECKSUM, batch.checksum)]


def payment_rows(payouts: Iterable[Payout]) -> list[Row]:
    """One row per payout, numbered; the code in what the receiver reads leads back to it."""
    return [
        (
            number,
            payout.code,
            payout.bank_account.bank_bin,
            bank_name(payout.bank_account.bank_bin),
            payout.bank_account.account_number,
            payout.bank_account.holder,
            payout.amount_vnd,
            f"CHO OCOP {payout.code}",
        )
        for number, payout in enumerate(payouts, start=1)
    ]


def checksum_of(rows: Iterable[Sequence[object]]) -> str:
    """SHA-256 over the rows as the file shows them: cells with | between, each row ended by a line feed, UTF-8."""
    lines = "".join("|".join(harmless(str(cell)) for cell in row) + "\n" for row in rows)
    return hashlib.sha256(lines.encode()).hexdigest()

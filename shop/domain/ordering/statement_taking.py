"""Lines of a bank's statement become transfers, each as if the feed had told of it; what is known already counts once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.recording import Subject, record
from shop.domain.payments.models import BankTransfer
from shop.domain.payments.statement_reading import StatementRow
from shop.domain.people.actor import Actor

from .transfers import Arrival, take_transfer


@dataclass(frozen=True)
class LineState:
    """One line beside what the shop knows: the transfer that is there, or why the line is refused."""

    row: StatementRow
    transfer: BankTransfer | None
    problem: str

    @property
    def is_new(self) -> bool:
        """Whether there is something to take."""
        return not self.problem and self.transfer is None


def compare_lines(*, rows: Sequence[StatementRow]) -> list[LineState]:
    """Hold lines against the transfers that are known, in one query."""
    known = {one.bank_reference: one for one in BankTransfer.objects.filter(bank_reference__in=[row.reference for row in rows])}
    return [_compare(row, known.get(row.reference)) for row in rows]


def take_lines(*, rows: Sequence[StatementRow], file_name: str, actor: Actor, now: datetime) -> int:
    """Take every line that is new and sound; returns how many."""
    fresh = [line.row for line in compare_lines(rows=rows) if line.is_new]
    for row in fresh:
        booked_at = datetime.combine(row.day, time.min, tzinfo=SHOP_TIME_ZONE) if row.day else now
        arrival = Arrival(row.reference, row.amount_vnd, row.memo, booked_at)
        take_transfer(arrival=arrival, source=BankTransfer.Source.STATEMENT, now=now)
    if fresh:
        record(
            actor=actor,
            action="statement.taken",
            subject=Subject("statement", fresh[0].reference, label=file_name),
            now=now,
            new={"rows": len(fresh), "amount_vnd": sum(row.amount_vnd for row in fresh)},
        )
    return len(fresh)


def _compare(row: StatementRow, transfer: BankTransfer | None) -> LineState:
    if row.problem:
        return LineState(row, None, row.problem)
    is_other = transfer is not None and transfer.amount_vnd != row.amount_vnd
    return LineState(row, transfer, "other_amount" if is_other else "")

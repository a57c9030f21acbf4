"""Returns as the desk shows them: heaps, rows with their clock, and what can be done with one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.common.promises import RETURN_RECEIVED_WITHIN_DAYS
from shop.domain.returns.models import ReturnRequest
from shop.domain.returns.words import PILLS, REASONS, STATES

from .rows import SOON_HOURS, Deadline, title_of

S = ReturnRequest.State
HOURS_OF_DAYS = 72


class Heap(StrEnum):
    """Where a return lies on the desk."""

    TO_DO = "can-lam"
    WAITING = "dang-cho"
    DONE = "da-xong"


HEAPS = {
    Heap.TO_DO: Q(state__in=[S.ASKED, S.SENT_BACK]),
    Heap.WAITING: Q(state__in=[S.ACCEPTED, S.REFUSED, S.DISPUTED]),
    Heap.DONE: Q(state__in=[S.REFUNDED, S.REJECTED, S.WITHDRAWN]),
}
HEAP_NAMES = {Heap.TO_DO: gettext_lazy("Cần làm"), Heap.WAITING: gettext_lazy("Đang chờ"), Heap.DONE: gettext_lazy("Đã kết thúc")}


@dataclass(frozen=True)
class ReturnRow:
    """One return in words."""

    asked: ReturnRequest
    goods: str
    reason: str | Promise
    state: str | Promise
    pill: tuple[str, str]
    deadline: Deadline | None
    amount_vnd: int


def count_heaps(returns: QuerySet[ReturnRequest]) -> dict[Heap, int]:
    """Count all heaps in one query."""
    counted = returns.aggregate(**{heap.name: Count("pk", filter=condition) for heap, condition in HEAPS.items()})
    return {heap: counted[heap.name] for heap in Heap}


def return_rows(returns: Iterable[ReturnRequest], *, now: datetime) -> list[ReturnRow]:
    """Rows of returns that were read by `returns.queries.loaded`."""
    return [return_row(asked, now=now) for asked in returns]


def return_row(asked: ReturnRequest, *, now: datetime) -> ReturnRow:
    """One of them."""
    return ReturnRow(
        asked=asked,
        goods=", ".join(f"{back.quantity} × {title_of(back.line)}" for back in asked.lines.all()),
        reason=REASONS[asked.reason],
        state=STATES[asked.state],
        pill=PILLS[asked.state],
        deadline=_deadline(asked, now),
        amount_vnd=asked.amount_vnd if asked.given_vnd is None else asked.given_vnd,
    )


def _deadline(asked: ReturnRequest, now: datetime) -> Deadline | None:
    """Until when the producer does something; None where others do."""
    if asked.state == S.SENT_BACK and asked.sent_back_at is not None:
        until = asked.sent_back_at + timedelta(days=RETURN_RECEIVED_WITHIN_DAYS)
    elif asked.state == S.ASKED:
        until = asked.answer_by
    else:
        return None
    hours = int((until - now).total_seconds() // 3600)
    if hours < 0:
        return Deadline(_("Quá hạn"), "bad")
    if hours >= HOURS_OF_DAYS:
        days = hours // 24
        return Deadline(ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", days) % {"days": days}, "")
    text = ngettext("Còn %(hours)s giờ", "Còn %(hours)s giờ", hours) % {"hours": hours}
    return Deadline(text, "wrn" if hours < SOON_HOURS else "")

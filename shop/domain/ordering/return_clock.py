"""Silence in a return: nobody's money is held for ever because somebody stopped answering."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from shop.common.promises import (
    RETURN_RECEIVED_WITHIN_DAYS,
    RETURN_SENT_WITHIN_DAYS,
    RETURN_TAKEN_TO_THE_OFFICE_WITHIN_DAYS,
)
from shop.domain.people.actor import SYSTEM
from shop.domain.returns.models import ReturnRequest

from .return_moves import ReturnNotOpen, Side, lock_return, move_return
from .returning import DECIDE_WITHIN, receive_return

S = ReturnRequest.State


def settle_silent_returns(*, now: datetime, at_most: int = 200) -> int:
    """Take each return whose time is over one step on, in a transaction of its own; returns how many."""
    silent = _silent(now).order_by("pk").values_list("pk", "state")[:at_most]
    return sum(_settle(return_id, state, now) for return_id, state in list(silent))


def _silent(now: datetime) -> QuerySet[ReturnRequest]:
    allowed = Coalesce(F("decided_at"), F("answered_at"))
    return ReturnRequest.objects.alias(allowed_at=allowed).filter(
        Q(state=S.ASKED, answer_by__lt=now)
        | Q(state=S.REFUSED, answered_at__lt=now - timedelta(days=RETURN_TAKEN_TO_THE_OFFICE_WITHIN_DAYS))
        | Q(state=S.ACCEPTED, allowed_at__lt=now - timedelta(days=RETURN_SENT_WITHIN_DAYS))
        | Q(state=S.SENT_BACK, sent_back_at__lt=now - timedelta(days=RETURN_RECEIVED_WITHIN_DAYS))
    )


@transaction.atomic
def _settle(return_id: int, state: str, now: datetime) -> bool:
    """Asked again under its locks: somebody may just have answered."""
    try:
        lock_return(return_id, {state})
    except ReturnNotOpen:
        return False
    if not _silent(now).filter(pk=return_id).exists():
        return False
    STEPS[state](return_id, now)
    return True


def _take_to_the_office(return_id: int, now: datetime) -> None:
    asked, _, _ = lock_return(return_id, {S.ASKED})
    facts: dict[str, Any] = {"disputed_at": now, "decide_by": now + DECIDE_WITHIN}
    move_return(asked, S.DISPUTED, side=Side.CLOCK, actor=SYSTEM, now=now, **facts)


def _give_up(return_id: int, now: datetime) -> None:
    asked, _, _ = lock_return(return_id, {S.REFUSED, S.ACCEPTED})
    move_return(asked, S.WITHDRAWN, side=Side.CLOCK, actor=SYSTEM, now=now)


def _count_as_received(return_id: int, now: datetime) -> None:
    # Nothing goes on the shelf: nobody has looked at it.
    receive_return(return_id=return_id, restocked={}, actor=SYSTEM, now=now, side=Side.CLOCK)


STEPS: dict[str, Callable[[int, datetime], None]] = {
    S.ASKED: _take_to_the_office,
    S.REFUSED: _give_up,
    S.ACCEPTED: _give_up,
    S.SENT_BACK: _count_as_received,
}

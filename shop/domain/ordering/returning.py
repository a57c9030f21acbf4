"""Goods on their way back: the buyer asks, the producer answers; what they cannot agree on the office decides.

Money goes back when the goods are there, from the parcel's frozen split; every call locks order, payment and parcel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from shop.common.promises import RETURN_ANSWERED_WITHIN_HOURS, RETURN_DECIDED_WITHIN_DAYS
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import Actor
from shop.domain.returns.models import OPEN_STATES, ReturnLine, ReturnPhoto, ReturnRequest
from shop.domain.returns.reckoning import goods_of, is_returnable, returnable_units, shipping_of
from shop.domain.stock.counting import restock

from .deriving import derive_status
from .locking import lock_order_of_parcel
from .return_moves import (
    ReturnNotOpen,
    Side,
    WordsMissing,
    end_way_back,
    give_money_back,
    move_return,
    note_step,
    words_of,
)
from .return_moves import lock_return as _lock

__all__ = ["ReturnNotOpen", "WordsMissing"]  # raised here, declared where every step finds them

S = ReturnRequest.State
ANSWER_WITHIN = timedelta(hours=RETURN_ANSWERED_WITHIN_HOURS)
DECIDE_WITHIN = timedelta(days=RETURN_DECIDED_WITHIN_DAYS)
# How often a buyer may answer a refusal before only the office is left.
MOST_ANSWERS = 2


class NotReturnable(Exception):
    """The parcel is not delivered, its window is over, or another return of it is open."""


class WrongUnits(Exception):
    """Nothing, or more units than were bought and not sent back already."""


@dataclass(frozen=True)
class Wanted:
    """What a buyer asks for: units by line id, one reason for all, pictures made by `returns.photos`."""

    quantities: Mapping[int, int]
    reason: str
    words: str = ""
    photos: Sequence[ContentFile] = field(default_factory=tuple)


@transaction.atomic
def ask_return(*, parcel_id: int, form_key: UUID, wanted: Wanted, actor: Actor, now: datetime) -> ReturnRequest:
    """Ask to send units back; the same form again is the same request. Raises NotReturnable, WrongUnits."""
    _, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    known = ReturnRequest.objects.filter(form_key=form_key, parcel=parcel).first()
    if known is not None:
        return known
    is_open = ReturnRequest.objects.filter(parcel=parcel, state__in=OPEN_STATES).exists()
    if is_open or not is_returnable(parcel=parcel, now=now):
        raise NotReturnable(parcel.number)
    return _write(parcel, form_key, wanted, actor, now)


@transaction.atomic
def accept_return(*, return_id: int, actor: Actor, now: datetime) -> ReturnRequest:
    """The producer takes the goods back."""
    asked, _, _ = _lock(return_id, {S.ASKED, S.REFUSED, S.DISPUTED})
    if asked.sent_back_at is not None:  # they are there already
        raise ReturnNotOpen(asked.state)
    return move_return(asked, S.ACCEPTED, side=Side.PRODUCER, actor=actor, now=now, answered_at=now)


@transaction.atomic
def refuse_return(*, return_id: int, refusal: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The producer does not, and says why; the buyer may turn to the office."""
    asked, _, _ = _lock(return_id, {S.ASKED})
    words = words_of(refusal)
    facts: dict[str, Any] = {"answered_at": now, "refusal": words}
    return move_return(asked, S.REFUSED, side=Side.PRODUCER, words=words, actor=actor, now=now, **facts)


@transaction.atomic
def answer_refusal(*, return_id: int, words: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The buyer answers the producer, whose clock begins again; twice at most."""
    asked, _, _ = _lock(return_id, {S.REFUSED})
    if not may_answer(asked=asked):
        raise ReturnNotOpen(asked.state)
    until = now + ANSWER_WITHIN
    return move_return(asked, S.ASKED, side=Side.BUYER, words=words_of(words), actor=actor, now=now, answer_by=until)


def may_answer(*, asked: ReturnRequest) -> bool:
    """Whether a refusal can still be answered; asking itself is the first word."""
    return asked.state == S.REFUSED and asked.steps.filter(state=S.ASKED).count() <= MOST_ANSWERS


@transaction.atomic
def withdraw_return(*, return_id: int, actor: Actor, now: datetime) -> ReturnRequest:
    """The buyer keeps the goods after all."""
    asked, _, _ = _lock(return_id, {S.ASKED, S.ACCEPTED, S.REFUSED, S.DISPUTED})
    if asked.sent_back_at is not None:
        raise ReturnNotOpen(asked.state)
    return move_return(asked, S.WITHDRAWN, side=Side.BUYER, actor=actor, now=now)


@transaction.atomic
def dispute_return(*, return_id: int, dispute: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The buyer asks the office to decide: after a refusal, or when the producer let its time pass."""
    asked, _, _ = _lock(return_id, {S.ASKED, S.REFUSED})
    if asked.state == S.ASKED and now <= asked.answer_by:
        raise ReturnNotOpen(asked.state)
    words = words_of(dispute)
    facts: dict[str, Any] = {"disputed_at": now, "dispute": words, "decide_by": now + DECIDE_WITHIN}
    return move_return(asked, S.DISPUTED, side=Side.BUYER, words=words, actor=actor, now=now, **facts)


@transaction.atomic
def contest_return(*, return_id: int, words: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The producer got nothing, or other goods than were sent back: the office decides."""
    asked, _, _ = _lock(return_id, {S.SENT_BACK})
    words = words_of(words)
    facts: dict[str, Any] = {"disputed_at": now, "refusal": words, "decide_by": now + DECIDE_WITHIN}
    return move_return(asked, S.DISPUTED, side=Side.PRODUCER, words=words, actor=actor, now=now, **facts)


@transaction.atomic
def send_back(*, return_id: int, tracking_number: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The buyer gave the goods to a carrier; a whole parcel is `returning` from here on."""
    asked, _, parcel = _lock(return_id, {S.ACCEPTED})
    if _is_whole(asked, parcel):
        transitions.start_return(parcel=parcel, actor=actor, now=now)
        derive_status(order=parcel.order)
    facts: dict[str, Any] = {"sent_back_at": now, "return_tracking": tracking_number.strip()[:64]}
    return move_return(asked, S.SENT_BACK, side=Side.BUYER, actor=actor, now=now, **facts)


@transaction.atomic
def receive_return(
    *, return_id: int, restocked: Mapping[int, int], actor: Actor, now: datetime, side: str = Side.PRODUCER
) -> ReturnRequest:
    """The producer has the goods: what can be sold goes on the shelf (units by line id), the buyer's money goes back."""
    asked, payment, parcel = _lock(return_id, {S.SENT_BACK})
    for back in asked.lines.select_related("line").order_by("line__stockrecord_id", "pk"):
        back.restocked = _units_to_shelf(back, restocked)
        back.save(update_fields=["restocked"])
        if back.restocked and back.line.stockrecord_id is not None:
            restock(stock_record_id=back.line.stockrecord_id, quantity=back.restocked, actor=actor, now=now)
    give_money_back(asked, payment, parcel, amount_vnd=asked.amount_vnd, actor=actor, now=now)
    end_way_back(parcel, is_returned=True, actor=actor, now=now)
    return move_return(asked, S.REFUNDED, side=side, actor=actor, now=now, received_at=now)


def _write(parcel: Parcel, form_key: UUID, wanted: Wanted, actor: Actor, now: datetime) -> ReturnRequest:
    quantities = {pk: units for pk, units in wanted.quantities.items() if units}
    free = returnable_units(parcel=parcel)
    if not quantities or any(not 0 < units <= free.get(pk, 0) for pk, units in quantities.items()):
        raise WrongUnits(parcel.number)
    asked = ReturnRequest.objects.create(
        parcel=parcel,
        form_key=form_key,
        reason=wanted.reason,
        words=wanted.words.strip(),
        asked_by_id=actor.user_id,
        asked_at=now,
        answer_by=now + ANSWER_WITHIN,
        goods_vnd=goods_of(parcel=parcel, quantities=quantities),
        shipping_vnd=shipping_of(parcel=parcel, quantities=quantities, reason=wanted.reason),
    )
    ReturnLine.objects.bulk_create(ReturnLine(request=asked, line_id=pk, quantity=units) for pk, units in quantities.items())
    for photo in wanted.photos:
        ReturnPhoto.objects.create(request=asked, file=photo)
    note_step(asked, "", side=Side.BUYER, words=asked.words, actor=actor, now=now)
    return asked


def _is_whole(asked: ReturnRequest, parcel: Parcel) -> bool:
    back = dict(asked.lines.values_list("line", "quantity"))
    return back == dict(parcel.lines.values_list("pk", "quantity"))


def _units_to_shelf(back: ReturnLine, restocked: Mapping[int, int]) -> int:
    units = restocked.get(back.line_id, 0)
    if not 0 <= units <= back.quantity:
        raise WrongUnits(back.line_id)
    return units

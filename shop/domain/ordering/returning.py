"""Goods on their way back: the buyer asks, the producer answers, the office decides what they cannot agree on.

Money goes back when the goods are there, from the parcel's frozen split; every call locks order, payment and parcel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from shop.common.promises import RETURN_ANSWERED_WITHIN_HOURS, RETURN_DECIDED_WITHIN_DAYS
from shop.domain.audit_log.recording import Subject, record
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.people.actor import Actor
from shop.domain.returns.models import OPEN_STATES, ReturnLine, ReturnPhoto, ReturnRequest
from shop.domain.returns.reckoning import goods_of, is_returnable, returnable_units, shipping_of
from shop.domain.stock.counting import restock

from .deriving import derive_status
from .locking import lock_order_of_parcel
from .refunding import Cause, write_refund

S = ReturnRequest.State
ANSWER_WITHIN = timedelta(hours=RETURN_ANSWERED_WITHIN_HOURS)
DECIDE_WITHIN = timedelta(days=RETURN_DECIDED_WITHIN_DAYS)


class NotReturnable(Exception):
    """The parcel is not delivered, its window is over, or another return of it is open."""


class WrongUnits(Exception):
    """Nothing, or more units than were bought and not sent back already."""


class ReturnNotOpen(Exception):
    """The return is not waiting for this act (any more); `state` is where it is."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


class WordsMissing(Exception):
    """Whoever refuses, disputes or decides says why."""


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
    return _move(asked, S.ACCEPTED, actor, now, answered_at=now)


@transaction.atomic
def refuse_return(*, return_id: int, refusal: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The producer does not, and says why; the buyer may turn to the office."""
    asked, _, _ = _lock(return_id, {S.ASKED})
    return _move(asked, S.REFUSED, actor, now, answered_at=now, refusal=_words(refusal))


@transaction.atomic
def withdraw_return(*, return_id: int, actor: Actor, now: datetime) -> ReturnRequest:
    """The buyer keeps the goods after all."""
    asked, _, _ = _lock(return_id, {S.ASKED, S.ACCEPTED, S.REFUSED, S.DISPUTED})
    return _move(asked, S.WITHDRAWN, actor, now)


@transaction.atomic
def dispute_return(*, return_id: int, dispute: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The buyer asks the office to decide: after a refusal, or when the producer let its time pass."""
    asked, _, _ = _lock(return_id, {S.ASKED, S.REFUSED})
    if asked.state == S.ASKED and now <= asked.answer_by:
        raise ReturnNotOpen(asked.state)
    return _move(asked, S.DISPUTED, actor, now, disputed_at=now, dispute=_words(dispute), decide_by=now + DECIDE_WITHIN)


@transaction.atomic
def decide_return(*, return_id: int, for_buyer: bool, decision: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The office decides a dispute: the goods go back, or they do not."""
    asked, _, _ = _lock(return_id, {S.DISPUTED})
    state = S.ACCEPTED if for_buyer else S.REJECTED
    return _move(asked, state, actor, now, decided_at=now, decided_by_id=actor.user_id, decision=_words(decision))


@transaction.atomic
def send_back(*, return_id: int, tracking_number: str, actor: Actor, now: datetime) -> ReturnRequest:
    """The buyer gave the goods to a carrier; a whole parcel is `returning` from here on."""
    asked, _, parcel = _lock(return_id, {S.ACCEPTED})
    if _is_whole(asked, parcel):
        transitions.start_return(parcel=parcel, actor=actor, now=now)
        derive_status(order=parcel.order)
    return _move(asked, S.SENT_BACK, actor, now, sent_back_at=now, return_tracking=tracking_number.strip()[:64])


@transaction.atomic
def receive_return(*, return_id: int, restocked: Mapping[int, int], actor: Actor, now: datetime) -> ReturnRequest:
    """The producer has the goods: what can be sold goes on the shelf (units by line id), the buyer's money goes back."""
    asked, payment, parcel = _lock(return_id, {S.SENT_BACK})
    for back in asked.lines.select_related("line").order_by("line__stockrecord_id", "pk"):
        back.restocked = _units_to_shelf(back, restocked)
        back.save(update_fields=["restocked"])
        if back.restocked and back.line.stockrecord_id is not None:
            restock(stock_record_id=back.line.stockrecord_id, quantity=back.restocked, actor=actor, now=now)
    if payment is not None:
        _refund(asked, payment, parcel, actor, now)
    if parcel.status == Parcel.Status.RETURNING:
        transitions.finish_return(parcel=parcel, actor=actor, now=now)
    derive_status(order=parcel.order)
    return _move(asked, S.REFUNDED, actor, now, received_at=now)


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
    _record(asked, "", actor, now)
    return asked


def _lock(return_id: int, states: set[str]) -> tuple[ReturnRequest, Payment | None, Parcel]:
    parcel_id = ReturnRequest.objects.values_list("parcel_id", flat=True).get(pk=return_id)
    _, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    asked = ReturnRequest.objects.select_for_update(of=("self",)).get(pk=return_id)
    if asked.state not in states:
        raise ReturnNotOpen(asked.state)
    return asked, payment, parcel


def _move(asked: ReturnRequest, state: str, actor: Actor, now: datetime, **facts: object) -> ReturnRequest:
    came_from, asked.state = asked.state, state
    for name, value in facts.items():
        setattr(asked, name, value)
    asked.save()
    _record(asked, came_from, actor, now)
    return asked


def _is_whole(asked: ReturnRequest, parcel: Parcel) -> bool:
    back = dict(asked.lines.values_list("line", "quantity"))
    return back == dict(parcel.lines.values_list("pk", "quantity"))


def _units_to_shelf(back: ReturnLine, restocked: Mapping[int, int]) -> int:
    units = restocked.get(back.line_id, 0)
    if not 0 <= units <= back.quantity:
        raise WrongUnits(back.line_id)
    return units


def _refund(asked: ReturnRequest, payment: Payment, parcel: Parcel, actor: Actor, now: datetime) -> None:
    """Never more than what is left of the parcel and of the payment: the rest went back before."""
    given = sum(Refund.objects.filter(payment=payment, parcel=parcel).values_list("amount_vnd", flat=True))
    amount_vnd = min(asked.amount_vnd, parcel.total_vnd - given, payment.can_be_refunded_vnd)
    if amount_vnd > 0:
        cause = Cause(f"return:{asked.pk}", Refund.Reason.RETURNED, parcel)
        write_refund(payment=payment, amount_vnd=amount_vnd, cause=cause, actor=actor, now=now)


def _words(text: str) -> str:
    if not text.strip():
        raise WordsMissing
    return text.strip()


def _record(asked: ReturnRequest, came_from: str, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        action="return.moved" if came_from else "return.asked",
        subject=Subject("return", asked.pk, label=asked.parcel.number, producer_id=asked.parcel.producer_id),
        now=now,
        old={"state": came_from} if came_from else None,
        new={"state": str(asked.state), "amount_vnd": asked.amount_vnd},
    )

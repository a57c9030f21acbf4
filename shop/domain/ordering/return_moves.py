"""What every step of a return does alike: lock, check where it is, write the step down, tell those who wait for it."""

from datetime import datetime

from shop.domain.audit_log.recording import Subject, record
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.people.actor import Actor
from shop.domain.producers.models import ProducerProfile
from shop.domain.returns.models import ReturnRequest, ReturnStep

from .deriving import derive_status
from .locking import lock_order_of_parcel
from .refund_promises import Cause, left_to_refund, write_refund
from .return_letters import tell_return

Side = ReturnStep.Side


class ReturnNotOpen(Exception):
    """The return is not waiting for this act (any more); `state` is where it is."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


class WordsMissing(Exception):
    """Whoever refuses, disputes or decides says why."""


def lock_return(return_id: int, states: set[str]) -> tuple[ReturnRequest, Payment | None, Parcel]:
    """Lock a return with everything above it. Raises ReturnNotOpen unless it is in one of `states`."""
    parcel_id = ReturnRequest.objects.values_list("parcel_id", flat=True).get(pk=return_id)
    _, payment, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    asked = ReturnRequest.objects.select_for_update(of=("self",)).get(pk=return_id)
    if asked.state not in states:
        raise ReturnNotOpen(asked.state)
    return asked, payment, parcel


def move_return(
    asked: ReturnRequest, state: str, *, side: str, actor: Actor, now: datetime, words: str = "", **facts: object
) -> ReturnRequest:
    """Write where a locked return is now, and who brought it there with which words."""
    came_from, asked.state = asked.state, state
    for name, value in facts.items():
        setattr(asked, name, value)
    asked.save()
    note_step(asked, came_from, side=side, words=words, actor=actor, now=now)
    return asked


def note_step(asked: ReturnRequest, came_from: str, *, side: str, words: str, actor: Actor, now: datetime) -> None:
    """Keep the step, put it into the log and tell the others; the log never holds the words."""
    step = ReturnStep.objects.create(request=asked, state=asked.state, side=side, at=now, words=words)
    record(
        actor=actor,
        action="return.moved" if came_from else "return.asked",
        subject=_subject_of(asked),
        now=now,
        old={"state": came_from} if came_from else None,
        new={"state": str(asked.state), "amount_vnd": asked.amount_vnd},
    )
    tell_return(asked=asked, step=step, is_first=not came_from, now=now)


def _subject_of(asked: ReturnRequest) -> Subject:
    """Read by the officers of the producer's place."""
    parcel = asked.parcel
    profile = ProducerProfile.objects.get(pk=parcel.producer_id)
    places = {"province_code": profile.province_id or "", "commune_code": profile.commune_id or ""}
    return Subject("return", asked.pk, label=parcel.number, producer_id=parcel.producer_id, **places)


def give_money_back(
    asked: ReturnRequest, payment: Payment | None, parcel: Parcel, *, amount_vnd: int, actor: Actor, now: datetime
) -> None:
    """Promise the money of a return, never more than what is left of the parcel and of the payment."""
    if payment is None:
        return
    amount_vnd = min(amount_vnd, left_to_refund(payment=payment, parcel=parcel))
    if amount_vnd > 0:
        reason = Refund.Reason.DISPUTE_DECIDED if asked.given_vnd is not None else Refund.Reason.RETURNED
        cause = Cause(f"return:{asked.pk}", reason, parcel, is_borne_by_shop=asked.is_borne_by_shop)
        write_refund(payment=payment, amount_vnd=amount_vnd, cause=cause, actor=actor, now=now)


def end_way_back(parcel: Parcel, *, is_returned: bool, actor: Actor, now: datetime) -> None:
    """A parcel that was on its way back has arrived, or counts as delivered again because nothing is given back."""
    if parcel.status == Parcel.Status.RETURNING:
        end = transitions.finish_return if is_returned else transitions.undo_return
        end(parcel=parcel, actor=actor, now=now)
    derive_status(order=parcel.order)


def words_of(text: str) -> str:
    """The words without blanks around them; raises WordsMissing for none."""
    if not text.strip():
        raise WordsMissing
    return text.strip()

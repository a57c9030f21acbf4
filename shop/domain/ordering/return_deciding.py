"""The office decides a return on which buyer and producer do not agree: what goes back, how much, and who pays."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shop.domain.people.actor import Actor
from shop.domain.returns.models import ReturnRequest

from .return_moves import Side, end_way_back, give_money_back, lock_return, move_return, words_of

S, V = ReturnRequest.State, ReturnRequest.Verdict
# Where each verdict leads.
LEADS_TO = {V.GOODS_BACK: S.ACCEPTED, V.FULL: S.REFUNDED, V.PART: S.REFUNDED, V.NONE: S.REJECTED}


class WrongAmount(Exception):
    """A part is more than nothing and less than all; `most_vnd` is all."""

    def __init__(self, most_vnd: int) -> None:
        self.most_vnd = most_vnd
        super().__init__(most_vnd)


class GoodsAreThere(Exception):
    """What was sent back already is not sent back again."""


@dataclass(frozen=True)
class Decision:
    """`amount_vnd` counts for a part only; the words are read by buyer and producer."""

    verdict: str
    words: str
    amount_vnd: int | None = None
    is_borne_by_shop: bool = False


@transaction.atomic
def decide_return(*, return_id: int, decision: Decision, actor: Actor, now: datetime) -> ReturnRequest:
    """Decide a dispute. Raises ReturnNotOpen, WordsMissing, WrongAmount, GoodsAreThere.

    Money that goes back at once is asked for in the officer's name, so a large sum waits for another person.
    """
    asked, payment, parcel = lock_return(return_id, {S.DISPUTED})
    verdict, words = V(decision.verdict), words_of(decision.words)
    given_vnd = _given(asked, verdict, decision.amount_vnd)
    if verdict == V.GOODS_BACK and asked.sent_back_at is not None:
        raise GoodsAreThere(return_id)
    asked.verdict, asked.given_vnd = verdict, given_vnd
    asked.is_borne_by_shop = decision.is_borne_by_shop and verdict != V.NONE
    if given_vnd is not None:
        give_money_back(asked, payment, parcel, amount_vnd=given_vnd, actor=actor, now=now)
    if verdict != V.GOODS_BACK:
        end_way_back(parcel, is_returned=verdict != V.NONE, actor=actor, now=now)
    facts = {"decided_at": now, "decided_by_id": actor.user_id, "decision": words}
    return move_return(asked, LEADS_TO[verdict], side=Side.OFFICE, words=words, actor=actor, now=now, **facts)


def _given(asked: ReturnRequest, verdict: str, amount_vnd: int | None) -> int | None:
    if verdict == V.FULL:
        return asked.amount_vnd
    if verdict != V.PART:
        return None
    if amount_vnd is None or not 0 < amount_vnd < asked.amount_vnd:
        raise WrongAmount(asked.amount_vnd)
    return amount_vnd

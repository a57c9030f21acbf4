"""The part of an erasure that needs nobody: requests whose orders are over, and what a request in flight still wrote."""

import logging
from datetime import datetime, timedelta

from shop.domain.people.actor import SYSTEM
from shop.domain.people.models import User

from .erasing import erase_account, erase_guest_order, erase_places
from .models import ErasureRequest
from .obstacles import HoldsRole
from .person import Person, person_of_account
from .places.traces import drop_sessions

logger = logging.getLogger(__name__)
S = ErasureRequest.State
SWEPT_AGAIN_FOR = timedelta(hours=24)


def erase_due(*, now: datetime) -> int:
    """Try every waiting request again, each in a transaction of its own; returns how many were done."""
    waiting = ErasureRequest.objects.filter(state=S.WAITING).order_by("pk").values_list("user_id", "order_id")
    return sum(_try(user_id, order_id, now) for user_id, order_id in waiting)


def sweep_after(*, now: datetime) -> None:
    """Erase once more what was erased within a day: a page that was open may have saved an address a moment later."""
    lately = ErasureRequest.objects.filter(state=S.DONE, done_at__gt=now - SWEPT_AGAIN_FOR, user__isnull=False)
    for user_id in lately.values_list("user_id", flat=True):
        erase_places(person=_erased_person(user_id), now=now)
        drop_sessions(user_id=user_id)


def _try(user_id: int | None, order_id: int | None, now: datetime) -> bool:
    try:
        if user_id is not None:
            return erase_account(user_id=user_id, actor=SYSTEM, now=now).state == S.DONE
        return order_id is not None and erase_guest_order(order_id=order_id, actor=SYSTEM, now=now).state == S.DONE
    except HoldsRole as held:
        logger.warning("Erasure of person %s waits: roles %s", user_id, held)
        return False


def _erased_person(user_id: int) -> Person:
    return person_of_account(User.objects.get(pk=user_id))

"""Being forgotten: at once when nothing is open, else as soon as the last parcel is over; never halfway.

The orders' sums, goods, certificates and the whole ledger stay: what remains of the person in them is a number.
"""

from datetime import datetime

from django.db import transaction

from shop.common.gates import shut_gates
from shop.domain.audit_log.recording import Subject, record
from shop.domain.consents.models import ConsentRecord
from shop.domain.consents.recording import Circumstances, withdraw_all
from shop.domain.consents.recording import person as consent_of
from shop.domain.ordering.locking import lock_order
from shop.domain.people.actor import Actor
from shop.domain.people.erased import PERSON_GATE, is_erased
from shop.domain.people.models import User
from shop.oscar_forks.order.models import Order

from .letters import post_done, post_waiting
from .models import ErasureRequest
from .obstacles import check_roles, open_orders
from .person import Person, person_of_account, person_of_order
from .registry import PLACES

S = ErasureRequest.State


class NoSuchRequest(Exception):
    """Nothing of this person waits to be erased."""


@transaction.atomic
def erase_account(*, user_id: int, actor: Actor, now: datetime) -> ErasureRequest:
    """Erase an account now, or let the request wait for its open orders; the answer's `state` says which.

    Raises HoldsRole. Asking again while it waits tries again; an erased account stays as it is.
    """
    # First the gate: an order that is being written in this name is there, or will not be.
    shut_gates(kind=PERSON_GATE, ids=[user_id])
    user = User.objects.select_for_update().get(pk=user_id)
    done = ErasureRequest.objects.filter(user=user, state=S.DONE).order_by("pk").last()
    if is_erased(user) and done is not None:
        return done
    check_roles(user=user)
    request, is_new = _open_request(actor, now, user=user)
    person = person_of_account(user)
    if open_orders(person=person, now=now).exists():
        if is_new:
            post_waiting(request=request, user=user, now=now)
        return request
    how = Circumstances(now=now, channel=ConsentRecord.Channel.ERASURE, language=user.language)
    withdraw_all(subject=consent_of(user.pk), how=how)
    # Read before it is gone. Who sees it done at once needs no letter.
    reader = {"email": user.email, "phone": user.phone, "language": user.language}
    _finish(request, person, actor, now)
    if not is_new:
        post_done(request=request, **reader, now=now)
    return request


@transaction.atomic
def erase_guest_order(*, order_id: int, actor: Actor, now: datetime) -> ErasureRequest:
    """Erase the guest of one order, whose right to ask was proved; waits like an account's while the order is open."""
    order, _ = lock_order(order_id=order_id)
    done = ErasureRequest.objects.filter(order=order, state=S.DONE).order_by("pk").last()
    if done is not None:
        return done
    request, _is_new = _open_request(actor, now, order=order)
    person = person_of_order(order)
    if open_orders(person=person, now=now).exists():
        return request
    return _finish(request, person, actor, now)


@transaction.atomic
def withdraw_erasure(*, user_id: int, actor: Actor, now: datetime) -> None:
    """Take a waiting request back; raises NoSuchRequest when none waits (it may just have been done)."""
    request = ErasureRequest.objects.select_for_update().filter(user_id=user_id, state=S.WAITING).first()
    if request is None:
        raise NoSuchRequest(user_id)
    request.state, request.withdrawn_at = S.WITHDRAWN, now
    request.save(update_fields=["state", "withdrawn_at"])
    record(actor=actor, action="person.erasure_withdrawn", subject=_subject(request), now=now)


def erase_places(*, person: Person, now: datetime) -> None:
    """Let every place forget the person; again and again does no harm."""
    for place in PLACES:
        place.erase(person, now)


def _open_request(
    actor: Actor, now: datetime, *, user: User | None = None, order: Order | None = None
) -> tuple[ErasureRequest, bool]:
    waiting = ErasureRequest.objects.select_for_update().filter(user=user, order=order, state=S.WAITING).first()
    if waiting is not None:
        return waiting, False
    request = ErasureRequest.objects.create(user=user, order=order, state=S.WAITING, requested_at=now, requested_by=actor.user_id)
    record(actor=actor, action="person.erasure_requested", subject=_subject(request), now=now)
    return request, True


def _finish(request: ErasureRequest, person: Person, actor: Actor, now: datetime) -> ErasureRequest:
    erase_places(person=person, now=now)
    request.state, request.done_at = S.DONE, now
    request.save(update_fields=["state", "done_at"])
    record(actor=actor, action="person.erased", subject=_subject(request), now=now, new={"orders": len(person.order_ids)})
    return request


def _subject(request: ErasureRequest) -> Subject:
    if request.user_id is not None:
        return Subject("person", request.user_id)
    return Subject("order", request.order_id or 0, label=request.order.number if request.order else "")

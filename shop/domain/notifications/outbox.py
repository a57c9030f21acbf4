"""Telling people: a row written with the change itself. A worker sends it after the commit."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from .bell import ring_after_commit
from .models import OutboxMessage

EMAIL = "email"
SMS = "sms"


class NotInATransaction(Exception):
    """A message outside the transaction of its cause could be sent for something that never happened."""


def post(
    *,
    key: str,
    kind: str,
    channel: str,
    recipient: str,
    language: str,
    payload: dict[str, Any],
    order_id: int | None = None,
    now: datetime,
) -> None:
    """Write one message into the caller's transaction; a key that is already there changes nothing.

    `payload` carries ids only; the text is made when the message is sent. The key names the event and the audience,
    never an address: `order:17:placed:buyer:email`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInATransaction(key)
    message = OutboxMessage(
        key=key,
        kind=kind,
        channel=channel,
        recipient=recipient,
        language=language,
        payload=payload,
        order_id=order_id,
        created_at=now,
        available_at=now,
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    ring_after_commit()


def tell(
    *,
    key: str,
    kind: str,
    email: str | None,
    phone: str | None,
    language: str,
    payload: dict[str, Any],
    order_id: int | None = None,
    now: datetime,
) -> bool:
    """Post one message to a person by the best way there is: e-mail, else SMS. False when there is no way.

    The channel is added to `key`. One way only: a person with both would read everything twice, and an SMS costs money.
    """
    write = partial(post, kind=kind, language=language, payload=payload, order_id=order_id, now=now)
    if email:
        write(key=f"{key}:{EMAIL}", channel=EMAIL, recipient=email)
    elif phone:
        write(key=f"{key}:{SMS}", channel=SMS, recipient=phone)
    return bool(email or phone)

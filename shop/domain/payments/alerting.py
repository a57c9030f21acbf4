"""Put something on the office's work list of money, once per cause."""

from datetime import datetime
from typing import Any

from .models import MoneyAlert, Payment, Refund


def raise_alert(
    *,
    key: str,
    kind: str,
    now: datetime,
    payment: Payment | None = None,
    refund: Refund | None = None,
    order_id: int | None = None,
    amount_vnd: int | None = None,
    **detail: Any,
) -> MoneyAlert:
    """Write the alert of a cause, or return the one that is there; `detail` holds facts, never a person."""
    if order_id is None:
        order_id = payment.order_id if payment else refund.order_id if refund else None
    values = {
        "kind": kind,
        "order_id": order_id,
        "payment": payment,
        "refund": refund,
        "amount_vnd": amount_vnd,
        "detail": detail,
        "created_at": now,
    }
    return MoneyAlert.objects.get_or_create(key=key, defaults=values)[0]

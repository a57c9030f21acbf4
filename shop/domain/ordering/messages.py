"""Who is told what of an order: rows in the outbox, written with the change they tell of.

Posting needs ids only; what the messages say is in `ordering.letters`, read when they are sent.
"""

from datetime import datetime

from shop.common.written_once import WrittenOnce
from shop.domain.notifications.outbox import tell
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.producers.contacting import contact_of
from shop.oscar_forks.order.models import Order

ORDER_PLACED = "order_placed"
ORDER_PLACED_PRODUCER = "order_placed_producer"
ORDER_AWAITS_PAYMENT = "order_awaits_payment"
ORDER_PAID = "order_paid"
ORDER_EXPIRED = "order_expired"
REFUND_STARTED = "refund_started"
REFUND_PAID = "refund_paid"
REFUND_CALLED_OFF = "refund_called_off"
PARCEL_CONFIRMED = "parcel_confirmed"
PARCEL_SHIPPED = "parcel_shipped"
PARCEL_DELIVERED = "parcel_delivered"
PARCEL_DECLINED = "parcel_declined"
PARCEL_CANCELLED = "parcel_cancelled"
PARCEL_CANCELLED_PRODUCER = "parcel_cancelled_producer"
PARCEL_TURNED_BACK = "parcel_turned_back"
PARCEL_TURNED_BACK_PRODUCER = "parcel_turned_back_producer"
PARCEL_LOST = "parcel_lost"
PARCEL_LOST_PRODUCER = "parcel_lost_producer"
PARCEL_ON_HOLD = "parcel_on_hold"
PARCEL_RESUMED = "parcel_resumed"
PARCEL_RELEASED = "parcel_released"
PARCEL_WAITS_FOR_PRODUCER = "parcel_waits_for_producer"
PARCEL_RECALLED = "parcel_recalled"

KIND_OF_STATUS = {
    Parcel.Status.PACKING: PARCEL_CONFIRMED,
    Parcel.Status.SHIPPED: PARCEL_SHIPPED,
    Parcel.Status.DELIVERED: PARCEL_DELIVERED,
    Parcel.Status.DECLINED: PARCEL_DECLINED,
    Parcel.Status.CANCELLED: PARCEL_CANCELLED,
    # Undelivered; of what its buyer sends back `ordering.return_letters` tells.
    Parcel.Status.RETURNING: PARCEL_TURNED_BACK,
    Parcel.Status.LOST: PARCEL_LOST,
}
# What its producer has not done itself.
KIND_FOR_PRODUCER = {
    PARCEL_CANCELLED: PARCEL_CANCELLED_PRODUCER,
    PARCEL_TURNED_BACK: PARCEL_TURNED_BACK_PRODUCER,
    PARCEL_LOST: PARCEL_LOST_PRODUCER,
}


def tell_order_placed(*, order: Order, now: datetime) -> None:
    """Tell the buyer of the whole order, and each producer of its own parcel. Its parcels must exist.

    Where the money comes first the buyer is asked for it, and producers hear nothing until it is there.
    """
    waits = order.status == Order.Status.AWAITING_PAYMENT
    kind = ORDER_AWAITS_PAYMENT if waits else ORDER_PLACED
    _tell_buyer(order, kind=kind, key=f"order:{order.pk}:placed:buyer", payload={"order_id": order.pk}, now=now)
    if not waits:
        _tell_producers(order, now)


def tell_order_paid(*, order: Order, now: datetime) -> None:
    """Tell the buyer that the money is there, and each producer of its parcel."""
    _tell_buyer(order, kind=ORDER_PAID, key=f"order:{order.pk}:paid:buyer", payload={"order_id": order.pk}, now=now)
    _tell_producers(order, now)


def tell_order_expired(*, order: Order, now: datetime) -> None:
    """Tell the buyer that the goods wait no longer."""
    _tell_buyer(order, kind=ORDER_EXPIRED, key=f"order:{order.pk}:expired:buyer", payload={"order_id": order.pk}, now=now)


def tell_refund(*, refund: Refund, now: datetime) -> None:
    """Tell the buyer that money is on its way back, or that it is there."""
    kind = REFUND_PAID if refund.status == Refund.Status.SUCCEEDED else REFUND_STARTED
    key = f"refund:{refund.pk}:{kind.removeprefix('refund_')}:buyer"
    _tell_buyer(refund.order, kind=kind, key=key, payload={"refund_id": refund.pk}, now=now)


def tell_refund_called_off(*, refund: Refund, now: datetime) -> None:
    """Tell the buyer that money which was announced does not come, because their bank took it."""
    key = f"refund:{refund.pk}:called_off:buyer"
    _tell_buyer(refund.order, kind=REFUND_CALLED_OFF, key=key, payload={"refund_id": refund.pk}, now=now)


def tell_parcel_moved(*, parcel: Parcel, now: datetime) -> None:
    """Tell the buyer what became of a parcel, and its producer of what it has not done itself.

    A status nobody waits to hear of (on hold, closed) tells nothing.
    """
    kind = KIND_OF_STATUS.get(Parcel.Status(parcel.status))
    if kind is None:
        return
    key = f"parcel:{parcel.pk}:{kind.removeprefix('parcel_')}"
    _tell_buyer(parcel.order, kind=kind, key=f"{key}:buyer", payload={"parcel_id": parcel.pk}, now=now)
    if kind in KIND_FOR_PRODUCER:
        _tell_producer(parcel, kind=KIND_FOR_PRODUCER[kind], key=key, now=now)


def tell_parcel_stopped(*, parcel: Parcel, kind: str, event_id: int, now: datetime) -> None:
    """Tell the buyer that a certificate's event holds a parcel, lets it go on, or calls its goods back.

    A parcel can be held more than once, so the key names the event.
    """
    key = f"parcel:{parcel.pk}:{kind.removeprefix('parcel_')}:event:{event_id}:buyer"
    payload = {"parcel_id": parcel.pk, "event_id": event_id}
    _tell_buyer(parcel.order, kind=kind, key=key, payload=payload, now=now)


def tell_parcel_released(*, parcel: Parcel, hold_id: int, now: datetime) -> None:
    """Tell the buyer that the office let this one parcel go on; `hold_id` is the event that held it."""
    key = f"parcel:{parcel.pk}:released:{hold_id}:buyer"
    _tell_buyer(parcel.order, kind=PARCEL_RELEASED, key=key, payload={"parcel_id": parcel.pk}, now=now)


def tell_parcel_waits_for_producer(*, parcel: Parcel, event_id: int, now: datetime) -> None:
    """Tell the buyer that the office stopped the producer, so the parcel waits; `event_id` is the producer's event."""
    key = f"parcel:{parcel.pk}:waits:producer_event:{event_id}:buyer"
    _tell_buyer(parcel.order, kind=PARCEL_WAITS_FOR_PRODUCER, key=key, payload={"parcel_id": parcel.pk}, now=now)


def _tell_buyer(order: Order, *, kind: str, key: str, payload: dict[str, int], now: datetime) -> None:
    tell(
        key=key,
        kind=kind,
        email=order.email,
        phone=order.buyer_phone,
        language=order.language,
        payload=payload,
        order_id=order.pk,
        now=now,
    )


def _tell_producers(order: Order, now: datetime) -> None:
    """Tell the producers whose parcels are still to be packed."""
    for parcel in _parcels_to_pack(order_id=order.pk):
        _tell_producer(parcel, kind=ORDER_PLACED_PRODUCER, key=f"order:{order.pk}:placed", now=now)


_parcels_to_pack = WrittenOnce[Parcel](
    lambda order_id: (
        Parcel.objects.select_related("producer__profile").filter(order=order_id, status=Parcel.Status.TO_CONFIRM).order_by("pk")
    )
)


def _tell_producer(parcel: Parcel, *, kind: str, key: str, now: datetime) -> None:
    contact = contact_of(producer=parcel.producer)
    if contact is None:
        return  # nobody works there yet; the parcel waits on the desk all the same
    tell(
        key=f"{key}:producer:{parcel.producer_id}",
        kind=kind,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        payload={"parcel_id": parcel.pk},
        order_id=parcel.order_id,
        now=now,
    )

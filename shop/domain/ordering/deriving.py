"""An order's status follows from its parcels and its payment; this is the only writer of it."""

from collections.abc import Collection

from shop.domain.parcels.models import Parcel
from shop.domain.payments.deciding import deciding_payment
from shop.domain.payments.models import Payment
from shop.domain.returns.reckoning import is_all_back
from shop.domain.vouchers.using import give_back
from shop.oscar_forks.order.models import Order

P = Parcel.Status
DROPPED = frozenset({P.DECLINED, P.CANCELLED})
FINISHED = frozenset({P.DELIVERED, P.CLOSED, P.RETURNED, P.LOST})
ENDED_AWAY = frozenset({P.RETURNED, P.LOST})
UNDER_WAY = frozenset({P.PACKING, P.SHIPPED, P.RETURNING})
# Nothing of it comes any more, so it uses no voucher.
OVER = frozenset({Order.Status.CANCELLED, Order.Status.EXPIRED, Order.Status.REFUNDED})
# A dispute changes nothing of what was bought: it is about money that came.
CONTESTED = frozenset({Payment.Status.DISPUTED, Payment.Status.DISPUTE_WON, Payment.Status.DISPUTE_LOST})
PAID = frozenset({Payment.Status.SUCCEEDED, Payment.Status.PARTLY_REFUNDED}) | CONTESTED


def derive_status(*, order: Order, is_expired: bool = False) -> str:
    """Write and return what the locked `order` is, seen from its parcels and its payment; `is_expired` by its hold's end."""
    parcels = list(Parcel.objects.filter(order=order).only("status", "delivered_at"))
    payment = deciding_payment(attempts=list(Payment.objects.filter(order=order).order_by("pk")))
    payment_status = payment.status if payment else None
    is_refunded = Order.Status.REFUNDED in {payment_status, order.status}
    came = [_end_of(parcel, is_refunded=is_refunded) for parcel in parcels if not never_came(parcel=parcel)]
    has_undelivered = len(came) < len(parcels)
    status = status_from(statuses=came, payment_status=payment_status, present=order.status, has_undelivered=has_undelivered)
    if is_expired and status == Order.Status.CANCELLED:
        status = Order.Status.EXPIRED
    if status != order.status:
        order.status = status
        # Counted only while it waits for its money (`unpaid_holds`).
        order.network_key = order.network_key if status == Order.Status.AWAITING_PAYMENT else ""
        order.save(update_fields=["status", "network_key"])
        if status in OVER:
            give_back(order_id=order.pk)
    return status


def _end_of(parcel: Parcel, *, is_refunded: bool) -> str:
    """A parcel's status; sent back piece by piece it counts as returned, which is asked only where all money is back."""
    is_kept = is_refunded and parcel.status in {P.DELIVERED, P.CLOSED}
    return P.RETURNED if is_kept and is_all_back(parcel=parcel) else parcel.status


def never_came(*, parcel: Parcel) -> bool:
    """Whether a parcel was sent and its buyer never got it: it came home, or is lost."""
    return parcel.status in ENDED_AWAY and parcel.delivered_at is None


def is_without_price(*, parcel: Parcel) -> bool:
    """Whether nothing is paid for a parcel, or goes back: it was dropped, or never came."""
    return parcel.status in DROPPED or never_came(parcel=parcel)


def status_from(*, statuses: Collection[str], payment_status: str | None, present: str, has_undelivered: bool = False) -> str:
    """Return an order's status, pure and without a database, from the statuses of its parcels but those that never came.

    What never came counts as begun beside others. An order of which nothing came is over, and so is one that was sent
    back as a whole once all of its money is back: they use no voucher.
    """
    kept = [status for status in statuses if status not in DROPPED]
    if not kept:
        return _status_of_nothing(payment_status, present)
    if all(status == P.PENDING for status in kept):
        return present
    if all(status in FINISHED for status in kept):
        is_all_back = all(status in ENDED_AWAY for status in kept) and Order.Status.REFUNDED in {payment_status, present}
        return Order.Status.REFUNDED if is_all_back else Order.Status.COMPLETED
    if has_undelivered or any(status in UNDER_WAY | FINISHED for status in kept):
        return Order.Status.IN_FULFILMENT
    if P.ON_HOLD in kept and present == Order.Status.IN_FULFILMENT:
        return present  # what was begun and is held now is not un-begun
    return Order.Status.PAID if payment_status in PAID else Order.Status.CONFIRMED


def _status_of_nothing(payment_status: str | None, present: str) -> str:
    if present == Order.Status.EXPIRED or (present == Order.Status.REFUNDED and payment_status in CONTESTED):
        return present
    return Order.Status.REFUNDED if payment_status == Payment.Status.REFUNDED else Order.Status.CANCELLED

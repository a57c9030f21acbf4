"""Whom the invoices of an order are made out to: frozen with the order, and to be corrected until something is packed."""

from datetime import datetime

from django.db import transaction

from shop.domain.invoices.details import InvoiceDetails
from shop.domain.invoices.models import OrderInvoice
from shop.domain.parcels.models import Parcel
from shop.oscar_forks.order.models import Order

from .deriving import is_without_price
from .locking import lock_order

P = Parcel.Status
BEFORE_PACKING = frozenset({P.PENDING, P.TO_CONFIRM, P.PACKING, P.ON_HOLD})


class TooLateForInvoice(Exception):
    """A parcel is packed: its producer writes the invoice from what stood on the order by then."""


def freeze_invoice(*, order: Order, details: InvoiceDetails, now: datetime) -> None:
    """Write the invoice's buyer with a new order, in the order's own transaction."""
    OrderInvoice.objects.create(order=order, updated_at=now, **details.as_values())


def can_change_invoice(*, order: Order) -> bool:
    """Say whether every parcel that is still to come waits to be packed, and there is one."""
    kept = [parcel for parcel in Parcel.objects.filter(order=order) if not is_without_price(parcel=parcel)]
    return bool(kept) and all(parcel.status in BEFORE_PACKING and parcel.packed_at is None for parcel in kept)


@transaction.atomic
def change_invoice(*, order_id: int, details: InvoiceDetails | None, now: datetime) -> None:
    """Set, correct or (None) take back the invoice's buyer of an order; raises TooLateForInvoice.

    The order is locked, as it is while a parcel is packed: either the change is on the slip, or it is refused.
    """
    order, _ = lock_order(order_id=order_id)
    present = OrderInvoice.objects.filter(order=order).first()
    if details is not None and present is not None and details.as_values().items() <= vars(present).items():
        return
    if details is None and present is None:
        return
    if not can_change_invoice(order=order):
        raise TooLateForInvoice(order.number)
    if details is None:
        OrderInvoice.objects.filter(order=order).delete()
        return
    OrderInvoice.objects.update_or_create(order=order, defaults={**details.as_values(), "updated_at": now})

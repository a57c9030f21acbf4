"""The return window is over: a delivered parcel is closed, and what was held for its producer is owed to it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from shop.common.promises import RETURN_WINDOW_DAYS
from shop.domain.ledger import postings
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.models import STOPPED
from shop.domain.returns.queries import open_returns

from .deriving import derive_status
from .locking import lock_order_of_parcel

RETURN_WINDOW = timedelta(days=RETURN_WINDOW_DAYS)


def close_due_parcels(*, now: datetime, at_most: int = 500) -> int:
    """Close and clear parcel after parcel, each in a transaction of its own; returns how many."""
    due = list(closable(now=now).order_by("delivered_at", "pk").values_list("pk", flat=True)[:at_most])
    return sum(close_parcel(parcel_id=parcel_id, now=now) for parcel_id in due)


def closable(*, now: datetime) -> QuerySet[Parcel]:
    """Parcels delivered before the window, but for what is disputed, being refunded or sent back, or of a frozen producer."""
    disputed = Payment.objects.filter(order=OuterRef("order"), status=Payment.Status.DISPUTED)
    on_its_way = Refund.objects.filter(parcel=OuterRef("pk"), called_off_at=None).exclude(status=Refund.Status.SUCCEEDED)
    delivered = Parcel.objects.filter(status=Parcel.Status.DELIVERED, delivered_at__lte=now - RETURN_WINDOW)
    coming_back = open_returns().filter(parcel=OuterRef("pk"))
    unfrozen = delivered.exclude(producer__profile__status__in=STOPPED)
    return unfrozen.exclude(Exists(disputed)).exclude(Exists(on_its_way)).exclude(Exists(coming_back))


@transaction.atomic
def close_parcel(*, parcel_id: int, now: datetime) -> bool:
    """Close one parcel if it still may be; asked again under its locks, for a dispute or a return may have come between."""
    order, _, parcel = lock_order_of_parcel(parcel_id=parcel_id)
    if not closable(now=now).filter(pk=parcel_id).exists():
        return False
    transitions.close(parcel=parcel, actor=SYSTEM, now=now)
    postings.clear(parcel_id=parcel_id, now=now)
    derive_status(order=order)
    return True

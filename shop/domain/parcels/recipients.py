"""What a producer may know of the buyer, and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from .models import Parcel, ParcelEvent

S = Parcel.Status
KNOWN_AFTER_THE_END = timedelta(days=30)
UNDER_WAY = (S.TO_CONFIRM, S.PACKING, S.ON_HOLD, S.SHIPPED, S.DELIVERED, S.RETURNING)
ENDED = (S.CLOSED, S.RETURNED, S.LOST)


@dataclass(frozen=True)
class Recipient:
    """Whom the parcel goes to: as much as shipping needs. An e-mail address is never part of it."""

    name: str
    phone: str
    street: str
    place: str
    note: str


def recipient_known(*, now: datetime) -> Q:
    """The SQL condition under which a producer sees name, phone and address: until 30 days after the parcel's end."""
    ended_lately = ParcelEvent.objects.filter(parcel=OuterRef("pk"), to_status__in=ENDED, at__gt=now - KNOWN_AFTER_THE_END)
    return Q(status__in=UNDER_WAY) | (Q(status__in=ENDED) & Q(Exists(ended_lately)))


def recipient_of(parcel: Parcel) -> Recipient | None:
    """The recipient of a parcel that was read with `recipient_is_known`; None when the producer may not know."""
    if not parcel.recipient_is_known:
        return None
    address, commune = parcel.ship_to, parcel.ship_to.commune
    return Recipient(
        name=parcel.order.buyer_name,
        phone=parcel.order.buyer_phone,
        street=address.line1,
        place=f"{commune}, {commune.province.name}" if commune else "",
        note=address.notes,
    )

"""A producer's work: its parcels in the order of the bench, from the one to answer to the one that is done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from shop.common.vietnamese import fold

from .models import Parcel
from .recipients import recipient_known

S = Parcel.Status


class Tab(StrEnum):
    """A heap of the worklist; what nobody has paid for yet lies in none of them."""

    TO_CONFIRM = "cho-xac-nhan"
    TO_PACK = "can-dong-goi"
    TO_SHIP = "cho-lay-hang"
    ON_THE_WAY = "dang-giao"
    DONE = "hoan-tat"
    RETURNS = "tra-hang"
    STOPPED = "da-huy"


HEAPS = {
    Tab.TO_CONFIRM: Q(status=S.TO_CONFIRM),
    Tab.TO_PACK: Q(status=S.PACKING, packed_at__isnull=True),
    Tab.TO_SHIP: Q(status=S.PACKING, packed_at__isnull=False),
    Tab.ON_THE_WAY: Q(status=S.SHIPPED),
    Tab.DONE: Q(status__in=[S.DELIVERED, S.CLOSED]),
    Tab.RETURNS: Q(status__in=[S.RETURNING, S.RETURNED, S.LOST]),
    Tab.STOPPED: Q(status__in=[S.DECLINED, S.CANCELLED, S.ON_HOLD]),
}
# Fewer digits than this would find half the buyers of a province.
SHORTEST_PHONE = 6
TO_DO = (Tab.TO_CONFIRM, Tab.TO_PACK, Tab.TO_SHIP)


@dataclass(frozen=True)
class Counts:
    """How many parcels lie on each heap."""

    by_tab: dict[Tab, int]

    @property
    def to_confirm(self) -> int:
        return self.by_tab[Tab.TO_CONFIRM]

    @property
    def to_pack(self) -> int:
        return self.by_tab[Tab.TO_PACK]

    @property
    def to_ship(self) -> int:
        return self.by_tab[Tab.TO_SHIP]

    @property
    def to_do(self) -> int:
        """What waits for the producer."""
        return sum(self.by_tab[tab] for tab in TO_DO)


def count_parcels(*, parcels: QuerySet[Parcel]) -> Counts:
    """Count the heaps of these parcels in one query."""
    counted = parcels.aggregate(**{tab.name: Count("pk", filter=heap) for tab, heap in HEAPS.items()})
    return Counts({tab: counted[tab.name] for tab in Tab})


def list_parcels(*, parcels: QuerySet[Parcel], tab: Tab, words: str, now: datetime) -> QuerySet[Parcel]:
    """Parcels of one heap with their lines, the most urgent first; `words` looks in numbers, names and phones."""
    found = parcels.filter(HEAPS[tab])
    if words.strip():
        found = found.filter(_mentions(words.strip(), now))
    order = ("confirm_by", "created_at", "pk") if tab in TO_DO else ("-created_at", "-pk")
    return (
        found.annotate(recipient_is_known=recipient_known(now=now))
        .select_related("order", "ship_to__commune__province")
        .prefetch_related("lines")
        .order_by(*order)
    )


def _mentions(words: str, now: datetime) -> Q:
    number = Q(number__icontains=words) | Q(order__number__icontains=words)
    digits = "".join(character for character in words if character.isdigit()).removeprefix("84").removeprefix("0")
    person = Q(order__buyer_name__icontains=words)
    if len(digits) >= SHORTEST_PHONE and not fold(words).strip("+ 0123456789.-"):
        person |= Q(order__buyer_phone__endswith=digits)
    # Who may no longer see a name must not find out by searching for it either.
    return number | (person & recipient_known(now=now))

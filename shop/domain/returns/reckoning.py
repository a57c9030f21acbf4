"""What may be sent back, and what it gives back: by units, from what the buyer paid for the parcel."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Sum

from shop.common.money import whole_vnd
from shop.common.promises import RETURN_WINDOW_DAYS
from shop.domain.parcels.models import Parcel

from .models import OPEN_STATES, ReturnLine, ReturnRequest

R = ReturnRequest.Reason
WINDOW = timedelta(days=RETURN_WINDOW_DAYS)
# Then the producer pays for the way as well, however little comes back.
FAULT_OF_PRODUCER = frozenset({R.DAMAGED, R.WRONG, R.NOT_AS_DESCRIBED, R.OUT_OF_DATE})
COUNTED = OPEN_STATES | {ReturnRequest.State.REFUNDED}


def is_returnable(*, parcel: Parcel, now: datetime) -> bool:
    """Whether the buyer may still ask: delivered, within the window, the books not closed over it."""
    delivered = parcel.delivered_at
    return parcel.status == Parcel.Status.DELIVERED and delivered is not None and now <= delivered + WINDOW


def free_units(*, parcel: Parcel) -> dict[int, int]:
    """The same as `returnable_units`, from a parcel whose lines and returns were read with it."""
    taken: Counter[int] = Counter()
    for asked in parcel.returns.all():
        if asked.state in COUNTED:
            taken.update({back.line_id: back.quantity for back in asked.lines.all()})
    return {line.pk: line.quantity - taken[line.pk] for line in parcel.lines.all()}


def returnable_units(*, parcel: Parcel) -> dict[int, int]:
    """Units by line id that were bought and are in no return that stands."""
    taken = dict(
        ReturnLine.objects.filter(line__parcel=parcel, request__state__in=COUNTED)
        .values_list("line")
        .annotate(units=Sum("quantity"))
    )
    lines = parcel.lines.order_by("pk").values_list("pk", "quantity")
    return {pk: quantity - taken.get(pk, 0) for pk, quantity in lines}


def is_all_back(*, parcel: Parcel) -> bool:
    """Whether returns that ended with money took every unit of a parcel, in one or in several steps."""
    ended = ReturnLine.objects.filter(line__parcel=parcel, request__state=ReturnRequest.State.REFUNDED)
    back = dict(ended.values_list("line").annotate(units=Sum("quantity")))
    return all(back.get(pk, 0) >= quantity for pk, quantity in parcel.lines.values_list("pk", "quantity"))


def goods_of(*, parcel: Parcel, quantities: Mapping[int, int]) -> int:
    """What these units cost the buyer: their part of the lines, less their part of the parcel's discount; never nothing."""
    paid_vnd = parcel.total_vnd - parcel.shipping_vnd
    lines = {line.pk: line for line in parcel.lines.all()}
    listed = sum(lines[pk].line_price_incl_tax * quantity / lines[pk].quantity for pk, quantity in quantities.items())
    return max(int(whole_vnd(Decimal(listed) * paid_vnd / parcel.goods_vnd)), 1) if parcel.goods_vnd else 0


def shipping_of(*, parcel: Parcel, quantities: Mapping[int, int], reason: str) -> int:
    """The shipping that goes back: all of it, once, with the last units or when the producer is to blame."""
    given = ReturnRequest.objects.filter(parcel=parcel, state__in=COUNTED).aggregate(sum=Sum("shipping_vnd", default=0))["sum"]
    is_last = quantities == {pk: units for pk, units in returnable_units(parcel=parcel).items() if units}
    return parcel.shipping_vnd - given if is_last or reason in FAULT_OF_PRODUCER else 0

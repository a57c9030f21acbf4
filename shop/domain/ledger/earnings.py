"""What parcels bring their producer, read from what was frozen when they were ordered."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from shop.domain.parcels.models import Parcel

from .accounts import cod_producer, producer_held, producer_payable
from .posting import balances_of

S = Parcel.Status
NEVER_EARNED = (S.PENDING, S.DECLINED, S.CANCELLED, S.RETURNED, S.LOST)


@dataclass(frozen=True)
class Balances:
    """Whole đồng as the producer reads them: held for it, owed to it, and buyers' cash in its own hands.

    What is owed may be less than nothing: a refund came after the payout, or cash it took itself is netted.
    """

    held_vnd: int
    payable_vnd: int
    cash_vnd: int


def sum_earnings(*, parcels: QuerySet[Parcel], since: dict[str, date]) -> dict[str, int]:
    """What parcels ordered from each named day on earn, in one query: `{"today": 370000, "week": 1200000}`."""
    earning = parcels.exclude(status__in=NEVER_EARNED)
    sums = {name: Sum("split__producer_vnd", filter=Q(created_at__gte=_midnight(day)), default=0) for name, day in since.items()}
    return earning.aggregate(**sums)


def balances_of_producer(*, producer_id: int) -> Balances:
    """What the books hold for one producer."""
    held, payable, cash = producer_held(producer_id), producer_payable(producer_id), cod_producer(producer_id)
    balances = balances_of([held, payable, cash])
    return Balances(held_vnd=-balances[held], payable_vnd=-balances[payable], cash_vnd=balances[cash])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

"""How the certificates of a place stand, in four numbers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from .models import Certificate
from .queries import in_state
from .state import LiveState, valid_on


@dataclass(frozen=True)
class Standings:
    """Real certificates only; `expiring` are part of the valid ones, `expired_this_month` lapsed since its first day."""

    valid: int
    expiring: int
    expired_this_month: int
    suspended: int


def count_standings(*, certificates: QuerySet[Certificate], today: date) -> Standings:
    """Count these certificates in one query; samples are nobody's."""
    expired = in_state(LiveState.EXPIRED, day=today)
    counts = (
        certificates.filter(decision__is_sample=False)
        .annotate(last_day=Coalesce(F("extended_until"), F("valid_until")))
        .aggregate(
            valid=Count("pk", filter=valid_on(day=today)),
            expiring=Count("pk", filter=in_state(LiveState.EXPIRING, day=today)),
            expired_this_month=Count("pk", filter=expired & Q(last_day__gte=today.replace(day=1), last_day__lt=today)),
            suspended=Count("pk", filter=in_state(LiveState.SUSPENDED, day=today)),
        )
    )
    return Standings(**counts)

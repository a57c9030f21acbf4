"""Reading returns for those who wait for them."""

from datetime import datetime

from django.db.models import QuerySet

from .models import OPEN_STATES, ReturnRequest


def has_open_return(*, parcel_id: int) -> bool:
    """Whether a parcel's money may still go back: it is not paid out meanwhile."""
    return ReturnRequest.objects.filter(parcel=parcel_id, state__in=OPEN_STATES).exists()


def latest_return(*, parcel_id: int) -> ReturnRequest | None:
    """Return the last request for a parcel, whatever became of it."""
    return ReturnRequest.objects.filter(parcel=parcel_id).order_by("pk").last()


def returns_to_decide() -> QuerySet[ReturnRequest]:
    """Return the disputes that wait for the office, the most urgent first."""
    disputed = ReturnRequest.objects.filter(state=ReturnRequest.State.DISPUTED)
    return disputed.select_related("parcel__order", "parcel__producer__profile").order_by("decide_by", "pk")


def is_late(*, asked: ReturnRequest, now: datetime) -> bool:
    """Whether the office has let its time to decide pass."""
    return asked.state == ReturnRequest.State.DISPUTED and asked.decide_by is not None and now > asked.decide_by

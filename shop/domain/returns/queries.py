"""Reading returns for those who wait for them."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from shop.domain.people.actor import Actor
from shop.domain.people.reach import within_reach

from .models import OPEN_STATES, ReturnLine, ReturnPhoto, ReturnRequest


def open_returns() -> QuerySet[ReturnRequest]:
    """Return the requests that are not over."""
    return ReturnRequest.objects.filter(state__in=OPEN_STATES)


def has_open_return(*, parcel_id: int) -> bool:
    """Whether a parcel's money may still go back: it is not paid out meanwhile."""
    return open_returns().filter(parcel=parcel_id).exists()


def returns_of(*, parcel_id: int) -> QuerySet[ReturnRequest]:
    """Return the requests for a parcel with lines, steps and photos, the newest first."""
    return loaded(ReturnRequest.objects.filter(parcel=parcel_id)).order_by("-pk")


def loaded(found: QuerySet[ReturnRequest]) -> QuerySet[ReturnRequest]:
    """Return these requests with what their pages and lists show."""
    return found.select_related("parcel__order", "parcel__producer__profile", "decided_by").prefetch_related(
        Prefetch("lines", ReturnLine.objects.select_related("line").order_by("pk")),
        "steps",
        Prefetch("photos", ReturnPhoto.objects.order_by("pk")),
    )


def read_photo(*, photo_id: int, among: QuerySet[ReturnRequest]) -> bytes | None:
    """Return the JPEG of a photo of one of these requests; None where there is none. A few hundred kilobytes."""
    photo = ReturnPhoto.objects.filter(pk=photo_id, request__in=among).first()
    return photo_content(photo) if photo else None


def photo_content(photo: ReturnPhoto) -> bytes | None:
    """Return the JPEG of a photo; None when its file is gone."""
    if not photo.file.storage.exists(photo.file.name):
        return None
    with photo.file.open("rb") as file:
        return file.read()


def returns_in_reach(*, actor: Actor) -> QuerySet[ReturnRequest]:
    """Return the requests of producers whom `actor` answers for; raises NotOfTheOffice for whoever does not work there."""
    return ReturnRequest.objects.filter(within_reach(actor=actor, prefix="parcel__producer__profile__"))


def is_late(*, asked: ReturnRequest, now: datetime) -> bool:
    """Whether the office has let its time to decide pass."""
    return asked.state == ReturnRequest.State.DISPUTED and asked.decide_by is not None and now > asked.decide_by

"""Listings of a producer that is gone: kept as history, never sold again."""

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet

from shop.common.shown_versions import show_products_anew
from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor
from shop.domain.producers.models import ProducerProfile

from .models import Listing, ListingRevision
from .naming import subject_of
from .shelf_gate import shut_shelf

S = Listing.State
R = ListingRevision.State


def unarchived_listings(*, producer_id: int | OuterRef) -> QuerySet[Listing]:
    """Return the listings of a producer, if it is terminated, that are not archived yet."""
    return Listing.objects.filter(producer=producer_id, producer__profile__status=ProducerProfile.Status.TERMINATED).exclude(
        state=S.ARCHIVED
    )


def archive_listings(*, producer_id: int, actor: Actor, now: datetime) -> None:
    """Archive every listing of a terminated producer, one transaction each; what waits for a moderator waits no more."""
    for listing_id in unarchived_listings(producer_id=producer_id).order_by("pk").values_list("pk", flat=True):
        _archive(listing_id, actor, now)


@transaction.atomic
def _archive(listing_id: int, actor: Actor, now: datetime) -> None:
    shut_shelf(listing_id=listing_id)
    listing = Listing.objects.select_for_update(of=("self",)).select_related("product", "certificate").get(pk=listing_id)
    if listing.state == S.ARCHIVED:
        return
    came_from, listing.state = listing.state, S.ARCHIVED
    listing.version += 1
    listing.save(update_fields=["state", "version", "updated_at"])
    show_products_anew([listing.product_id])
    ListingRevision.objects.filter(listing=listing, state=R.SUBMITTED).update(state=R.REPLACED)
    record(
        actor=actor,
        action="listing.archived",
        subject=subject_of(listing),
        now=now,
        old={"state": str(came_from)},
        new={"state": str(S.ARCHIVED)},
    )

"""A producer puts a listing on the shelf, or takes it off."""

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from catalogue_ext.search.indexing import index_products
from shop.domain.certificates.state import VALID_STATES, LiveState, live_state
from shop.domain.people.actor import Actor
from shop.domain.producers.models import ProducerProfile

from .models import Listing
from .shelf_gate import shut_shelf

S = Listing.State
MAY_GO_LIVE = frozenset({S.DRAFT, S.CHANGES_REQUESTED, S.APPROVED, S.HIDDEN})


class Obstacle(StrEnum):
    """What stands between a listing and the shelf."""

    ARCHIVED = "archived"
    IN_REVIEW = "in_review"
    PRODUCER_INACTIVE = "producer_inactive"
    NO_CERTIFICATE = "no_certificate"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_SUSPENDED = "certificate_suspended"
    CERTIFICATE_REVOKED = "certificate_revoked"
    ALCOHOL = "alcohol"
    NO_PRICE = "no_price"


class ListingNotPublishable(Exception):
    """The listing cannot be sold as it is; `obstacle` says what is in the way."""

    def __init__(self, obstacle: Obstacle) -> None:
        self.obstacle = obstacle
        super().__init__(obstacle)


@transaction.atomic
def publish_listing(*, listing_id: int, actor: Actor, now: datetime, today: date) -> Listing:
    """Put a listing on the shelf; its text is that of its certificate, so nobody has to read it first."""
    listing = _lock_listing(listing_id, actor)
    if listing.state == S.LIVE:
        return listing
    obstacle = obstacle_of(listing, today=today)
    if obstacle is not None:
        raise ListingNotPublishable(obstacle)
    listing.state = S.LIVE
    listing.went_live_at = listing.went_live_at or now
    _save(listing)
    index_products([listing.product_id])
    return listing


@transaction.atomic
def hide_listing(*, listing_id: int, actor: Actor) -> Listing:
    """Take a listing off the shelf; orders that are placed stay as they are."""
    listing = _lock_listing(listing_id, actor)
    if listing.state == S.LIVE:
        listing.state = S.HIDDEN
        _save(listing)
    return listing


def obstacle_of(listing: Listing, *, today: date) -> Obstacle | None:
    """Say what keeps a listing (with certificate, product and producer profile) off the shelf; None when it may go live."""
    if listing.state == S.ARCHIVED:
        return Obstacle.ARCHIVED
    if listing.state == S.SUBMITTED:
        return Obstacle.IN_REVIEW
    if listing.producer.profile.status != ProducerProfile.Status.ACTIVE:
        return Obstacle.PRODUCER_INACTIVE
    return _certificate_obstacle_of(listing, today) or _goods_obstacle_of(listing)


def _certificate_obstacle_of(listing: Listing, today: date) -> Obstacle | None:
    if listing.certificate is None:
        return Obstacle.NO_CERTIFICATE
    state = live_state(listing.certificate, today=today)
    return None if state in VALID_STATES else _CERTIFICATE_OBSTACLES[state]


def _goods_obstacle_of(listing: Listing) -> Obstacle | None:
    if listing.product.is_alcohol:
        return Obstacle.ALCOHOL
    return None if listing.price_from_vnd else Obstacle.NO_PRICE


_CERTIFICATE_OBSTACLES = {
    LiveState.EXPIRED: Obstacle.CERTIFICATE_EXPIRED,
    LiveState.SUSPENDED: Obstacle.CERTIFICATE_SUSPENDED,
    LiveState.REVOKED: Obstacle.CERTIFICATE_REVOKED,
}


def _lock_listing(listing_id: int, actor: Actor) -> Listing:
    shut_shelf(listing_id=listing_id)
    return (
        Listing.objects.for_actor(actor)
        .select_for_update(of=("self",))
        .select_related("product", "certificate", "producer__profile")
        .get(pk=listing_id)
    )


def _save(listing: Listing) -> None:
    listing.version += 1
    listing.save(update_fields=["state", "went_live_at", "version", "updated_at"])

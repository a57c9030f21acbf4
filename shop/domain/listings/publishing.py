"""A producer puts a listing on the shelf, or takes it off."""

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from catalogue_ext.search.indexing import index_products
from shop.common.shown_versions import show_products_anew
from shop.domain.audit_log.recording import record
from shop.domain.certificates.state import VALID_STATES, LiveState, live_state
from shop.domain.people.actor import Actor
from shop.domain.producers.models import ProducerProfile

from .models import Listing, ListingRevision
from .naming import subject_of
from .own_listing import forbid_stopped, lock_own_listing
from .texts import says_what_its_certificate_says

S = Listing.State
R = ListingRevision.State
ACTIONS = {S.LIVE: "listing.published", S.HIDDEN: "listing.hidden"}


class Obstacle(StrEnum):
    """What stands between a listing and the shelf."""

    ARCHIVED = "archived"
    IN_REVIEW = "in_review"
    NOT_READ = "not_read"
    OFFICE_ASKED = "office_asked"
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
    """Put a listing on the shelf: one whose words are its certificate's, or which a moderator has read."""
    listing = lock_own_listing(listing_id=listing_id, actor=actor)
    if listing.state == S.LIVE:
        # Nothing would change, but «on sale» would be a false answer to whom the office stopped.
        forbid_stopped(listing)
        return listing
    obstacle = obstacle_of(listing, today=today)
    if obstacle is not None:
        raise ListingNotPublishable(obstacle)
    _move(listing, S.LIVE, actor=actor, now=now)
    index_products([listing.product_id])
    return listing


@transaction.atomic
def hide_listing(*, listing_id: int, actor: Actor, now: datetime) -> Listing:
    """Take a listing off the shelf; orders that are placed stay as they are."""
    listing = lock_own_listing(listing_id=listing_id, actor=actor)
    forbid_stopped(listing)
    if listing.state == S.LIVE:
        _move(listing, S.HIDDEN, actor=actor, now=now)
    return listing


def obstacle_of(listing: Listing, *, today: date) -> Obstacle | None:
    """Say what keeps a listing (with certificate, product and producer profile) off the shelf; None when it may go live."""
    if listing.state == S.ARCHIVED:
        return Obstacle.ARCHIVED
    if listing.state == S.SUBMITTED:
        return Obstacle.IN_REVIEW
    if listing.producer.profile.status != ProducerProfile.Status.ACTIVE:
        return Obstacle.PRODUCER_INACTIVE
    return _certificate_obstacle_of(listing, today) or _goods_obstacle_of(listing) or _words_obstacle_of(listing)


def obstacle_but_words(listing: Listing, *, today: date) -> Obstacle | None:
    """Say what else keeps a listing off the shelf whose words a moderator has just read."""
    if listing.state == S.ARCHIVED:
        return Obstacle.ARCHIVED
    if listing.producer.profile.status != ProducerProfile.Status.ACTIVE:
        return Obstacle.PRODUCER_INACTIVE
    return _certificate_obstacle_of(listing, today) or _goods_obstacle_of(listing)


def _words_obstacle_of(listing: Listing) -> Obstacle | None:
    """What was on the shelf, or approved, may come back; else every word is the certificate's and the office is content."""
    if listing.state not in {S.DRAFT, S.CHANGES_REQUESTED} or listing.went_live_at is not None:
        return None
    if listing.product.is_alcohol:
        # The office looks at the maker's licence first, whatever the words say.
        return Obstacle.ALCOHOL
    states = set(ListingRevision.objects.filter(listing=listing).values_list("state", flat=True))
    if states & {R.CHANGES_REQUESTED, R.REJECTED}:
        return Obstacle.OFFICE_ASKED
    certified = listing.certificate.product_name if listing.certificate else ""
    if R.DRAFT in states or not says_what_its_certificate_says(listing.product, certified):
        return Obstacle.NOT_READ
    return None


def _certificate_obstacle_of(listing: Listing, today: date) -> Obstacle | None:
    if listing.certificate is None:
        return Obstacle.NO_CERTIFICATE
    state = live_state(listing.certificate, today=today)
    return None if state in VALID_STATES else _CERTIFICATE_OBSTACLES[state]


def _goods_obstacle_of(listing: Listing) -> Obstacle | None:
    return None if listing.price_from_vnd else Obstacle.NO_PRICE


_CERTIFICATE_OBSTACLES = {
    LiveState.EXPIRED: Obstacle.CERTIFICATE_EXPIRED,
    LiveState.SUSPENDED: Obstacle.CERTIFICATE_SUSPENDED,
    LiveState.REVOKED: Obstacle.CERTIFICATE_REVOKED,
}


def _move(listing: Listing, state: str, *, actor: Actor, now: datetime) -> None:
    came_from, listing.state = listing.state, state
    if state == S.LIVE:
        listing.went_live_at = listing.went_live_at or now
    listing.version += 1
    listing.save(update_fields=["state", "went_live_at", "version", "updated_at"])
    show_products_anew([listing.product_id])
    record(
        actor=actor,
        action=ACTIONS[state],
        subject=subject_of(listing),
        now=now,
        old={"state": str(came_from)},
        new={"state": str(state)},
    )

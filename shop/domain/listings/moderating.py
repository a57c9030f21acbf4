"""The office reads what a producer sent: approve, ask for changes, or reject; one answer per revision.

The listing's gate is shut and its row taken before anything is looked at, so of two moderators one answers and the other
is told; what the producer sent meanwhile is told as well.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from catalogue_ext.models import Product
from catalogue_ext.search.indexing import index_products
from shop.common.shown_versions import show_products_anew
from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor
from shop.domain.people.reach import within_reach
from shop.domain.producers.models import Membership

from .letters import tell_answered
from .models import Listing, ListingRevision
from .naming import subject_of
from .price_edit import write_price
from .publishing import obstacle_but_words
from .shelf_gate import shut_shelf

S = Listing.State
R = ListingRevision.State


class UnknownListing(Exception):
    """There is no such listing, or its certificate lies outside the officer's reach: the answer is the same."""


class OwnListing(Exception):
    """Nobody moderates the listing of a producer they work for, or words of their own."""


class RevisionChanged(Exception):
    """The producer sent another revision, or the listing changed, since the form was made."""


class AlreadyAnswered(Exception):
    """A colleague was faster; `revision` says what the answer was."""

    def __init__(self, revision: ListingRevision) -> None:
        self.revision = revision
        super().__init__(f"{revision.listing_id} #{revision.number} {revision.state}")


class ReasonMissing(Exception):
    """Whoever sends something back says why."""


@dataclass(frozen=True)
class Read:
    """What the moderator had on the screen: the revision's number and the listing's version."""

    number: int
    listing_version: int


@transaction.atomic
def approve_revision(*, listing_id: int, read: Read, actor: Actor, now: datetime, today: date) -> ListingRevision:
    """Put the new words and prices on the page; a listing that waited for this goes live if nothing else is in the way."""
    listing, revision = _lock(listing_id, read, actor, R.APPROVED)
    if revision.state == R.APPROVED:
        return revision
    came_from = listing.state
    _write_texts(listing, revision.texts)
    for record_id, price_vnd in sorted(revision.prices.items()):
        write_price(listing=listing, stock_record_id=int(record_id), price_vnd=price_vnd, actor=actor, now=now)
    if listing.state == S.SUBMITTED:
        listing.state = S.APPROVED if obstacle_but_words(listing, today=today) else S.LIVE
        listing.went_live_at = listing.went_live_at or (now if listing.state == S.LIVE else None)
    listing.version += 1
    listing.save(update_fields=["state", "went_live_at", "price_from_vnd", "version", "updated_at"])
    index_products([listing.product_id])
    show_products_anew([listing.product_id])
    return _answer(listing, revision, R.APPROVED, "", came_from, actor=actor, now=now)


@transaction.atomic
def ask_for_changes(*, listing_id: int, read: Read, reason: str, actor: Actor, now: datetime) -> ListingRevision:
    """Send the revision back with what has to be different; the page stays as it is."""
    return _send_back(listing_id, read, R.CHANGES_REQUESTED, reason, actor=actor, now=now)


@transaction.atomic
def reject_revision(*, listing_id: int, read: Read, reason: str, actor: Actor, now: datetime) -> ListingRevision:
    """Say no, and why; the page stays as it is."""
    return _send_back(listing_id, read, R.REJECTED, reason, actor=actor, now=now)


def _send_back(listing_id: int, read: Read, state: str, reason: str, *, actor: Actor, now: datetime) -> ListingRevision:
    if not reason.strip():
        raise ReasonMissing
    listing, revision = _lock(listing_id, read, actor, state)
    if revision.state == state:
        return revision
    came_from = listing.state
    if listing.state == S.SUBMITTED:
        listing.state = S.CHANGES_REQUESTED if state == R.CHANGES_REQUESTED else S.DRAFT
        listing.save(update_fields=["state", "updated_at"])
    return _answer(listing, revision, state, reason, came_from, actor=actor, now=now)


def _lock(listing_id: int, read: Read, actor: Actor, wanted: str) -> tuple[Listing, ListingRevision]:
    """Return the locked listing with the revision to answer, or the one this person answered in the same way before."""
    reach = within_reach(actor=actor, prefix="certificate__")
    listing = lock_listing(listing_id, reach)
    if Membership.objects.filter(producer=listing.producer_id, user=actor.user_id).exists():
        raise OwnListing(listing_id)
    revision = waiting_revision(listing)
    if revision is None:
        return listing, _answered(listing, read, actor, wanted)
    if revision.number != read.number or listing.version != read.listing_version:
        raise RevisionChanged(revision.number)
    if revision.saved_by_id == actor.user_id:
        raise OwnListing(listing_id)
    return listing, revision


def lock_listing(listing_id: int, reach: Q) -> Listing:
    """Shut the gate and take the row of a listing within reach; raises UnknownListing."""
    shut_shelf(listing_id=listing_id)
    listings = Listing.objects.select_for_update(of=("self",)).select_related("product", "certificate", "producer__profile")
    listing = listings.filter(reach, pk=listing_id).first()
    if listing is None:
        raise UnknownListing(listing_id)
    return listing


def waiting_revision(listing: Listing) -> ListingRevision | None:
    """Return what waits for an answer, None for nothing."""
    return ListingRevision.objects.filter(listing=listing, state=R.SUBMITTED).first()


def _answered(listing: Listing, read: Read, actor: Actor, wanted: str) -> ListingRevision:
    revision = ListingRevision.objects.filter(listing=listing, number=read.number).first()
    if revision is None:
        raise RevisionChanged(read.number)
    if revision.state == wanted and revision.decided_by_id == actor.user_id:
        return revision
    raise AlreadyAnswered(revision)


def _write_texts(listing: Listing, texts: dict[str, str]) -> None:
    product = listing.product
    for name in {"title", "title_en"} & texts.keys():
        # Packs repeat their parent's title; those with a name of their own keep it.
        Product.objects.filter(parent=product, **{name: getattr(product, name)}).update(**{name: texts[name]})
    for name, text in texts.items():
        setattr(product, name, text)
    if texts:
        product.save(update_fields=[*texts, "date_updated"])


def _answer(
    listing: Listing, revision: ListingRevision, state: str, reason: str, came_from: str, *, actor: Actor, now: datetime
) -> ListingRevision:
    revision.state, revision.reason = state, reason.strip()
    revision.decided_at, revision.decided_by_id = now, actor.user_id
    revision.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(
        actor=actor,
        action=f"listing.{state}",
        subject=subject_of(listing),
        now=now,
        old={"state": str(came_from), **revision.old_texts},
        new={"state": str(listing.state), **revision.texts},
        reason=reason,
        revision=revision.number,
    )
    tell_answered(revision=revision, listing=listing, now=now)
    return revision

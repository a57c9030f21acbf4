"""A producer writes what a listing says, and sends it to be read; until then the old words stay on the page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from shop.domain.audit_log.recording import record
from shop.domain.certificates.state import VALID_STATES, live_state
from shop.domain.people.actor import Actor

from .claim_guard import Finding, find_claims
from .models import Listing, ListingRevision
from .naming import subject_of
from .own_listing import forbid_stopped, lock_own_listing
from .texts import changed_texts, texts_of

S = Listing.State
R = ListingRevision.State


class NothingToReview(Exception):
    """What was sent is what is on the page already."""


class DraftChanged(Exception):
    """A colleague saved the draft since the form was made."""


class ListingArchived(Exception):
    """An archived listing is history; nobody writes in it."""


@transaction.atomic
def save_draft(
    *, listing_id: int, texts: Mapping[str, str], expected: str, actor: Actor, now: datetime
) -> ListingRevision | None:
    """Keep what was typed, for the producer's people only; None when it is what is on the page.

    `expected` is the mark (`mark_of`) of the draft the form was made from; raises DraftChanged.
    """
    listing = _lock(listing_id, actor, expected)
    return _write_draft(listing, texts, actor, now)


@transaction.atomic
def discard_draft(*, listing_id: int, actor: Actor) -> None:
    """Throw the draft away; what is in review stays there."""
    listing = lock_own_listing(listing_id=listing_id, actor=actor)
    forbid_stopped(listing)
    ListingRevision.objects.filter(listing=listing, state=R.DRAFT).delete()


@transaction.atomic
def send_for_review(*, listing_id: int, texts: Mapping[str, str], expected: str, actor: Actor, now: datetime) -> ListingRevision:
    """Send the words to a moderator in place of what waits there already; what is live is sold on meanwhile.

    A listing that never was on the shelf may be sent as it is. Raises NothingToReview, DraftChanged, ListingArchived.
    """
    listing = _lock(listing_id, actor, expected)
    waiting = ListingRevision.objects.filter(listing=listing, state=R.SUBMITTED).first()
    prices = waiting.prices if waiting else {}
    draft = _write_draft(listing, texts, actor, now)
    is_first = listing.went_live_at is None and listing.state != S.LIVE
    if draft is None and not prices and not waiting and not is_first:
        raise NothingToReview
    ListingRevision.objects.filter(listing=listing, state=R.DRAFT).delete()
    return _submit(listing, texts=draft.texts if draft else {}, prices=prices, actor=actor, now=now)


def propose_prices(*, listing: Listing, prices: Mapping[int, int], actor: Actor, now: datetime) -> ListingRevision:
    """Let a moderator read prices (whole đồng by stock record) of a locked listing; the old ones are asked until then."""
    waiting = ListingRevision.objects.filter(listing=listing, state=R.SUBMITTED).first()
    known = waiting.prices if waiting else {}
    merged = known | {str(record_id): price for record_id, price in prices.items()}
    if waiting is not None and waiting.prices == merged:
        return waiting
    return _submit(listing, texts=waiting.texts if waiting else {}, prices=merged, actor=actor, now=now)


def forget_proposed_prices(*, listing: Listing, stock_record_ids: Iterable[int], actor: Actor, now: datetime) -> None:
    """A newer price of these packs was set directly: what waits for them waits no more."""
    waiting = ListingRevision.objects.filter(listing=listing, state=R.SUBMITTED).first()
    gone = {str(one) for one in stock_record_ids}
    if waiting is None or not gone & waiting.prices.keys():
        return
    kept = {key: price for key, price in waiting.prices.items() if key not in gone}
    if kept or waiting.texts:
        _submit(listing, texts=waiting.texts, prices=kept, actor=actor, now=now)
    else:
        ListingRevision.objects.filter(pk=waiting.pk).update(state=R.REPLACED)


def mark_of(draft: ListingRevision | None) -> str:
    """Return what tells one saved draft from another; nothing for no draft."""
    return f"{draft.pk}-{draft.saved_at.timestamp():.6f}" if draft else ""


def findings_in(listing: Listing, texts: Mapping[str, str], *, today: date) -> list[Finding]:
    """Return the sentences of a listing's new texts that the claim guard warns of."""
    certificate = listing.certificate
    is_certified = certificate is not None and live_state(certificate, today=today) in VALID_STATES
    stars = certificate.stars if certificate is not None and is_certified else None
    return find_claims(texts=texts, stars=stars, criteria_set=listing.product.criteria_set)


def _lock(listing_id: int, actor: Actor, expected: str) -> Listing:
    listing = lock_own_listing(listing_id=listing_id, actor=actor)
    forbid_stopped(listing)
    if listing.state == S.ARCHIVED:
        raise ListingArchived(listing_id)
    draft = ListingRevision.objects.filter(listing=listing, state=R.DRAFT).first()
    if draft is not None and mark_of(draft) != expected:
        raise DraftChanged(listing_id)
    return listing


def _write_draft(listing: Listing, texts: Mapping[str, str], actor: Actor, now: datetime) -> ListingRevision | None:
    changed = changed_texts(listing.product, texts)
    draft = ListingRevision.objects.filter(listing=listing, state=R.DRAFT).first()
    if not changed:
        if draft is not None:
            draft.delete()
        return None
    draft = draft or ListingRevision(listing=listing, number=_next_number(listing))
    draft.texts, draft.saved_at, draft.saved_by_id = changed, now, actor.user_id
    draft.save()
    return draft


def _submit(
    listing: Listing,
    *,
    texts: dict[str, str],
    prices: dict[str, int],
    actor: Actor,
    now: datetime,
) -> ListingRevision:
    ListingRevision.objects.filter(listing=listing, state=R.SUBMITTED).update(state=R.REPLACED)
    current = texts_of(listing.product)
    old_texts = {name: current[name] for name in texts}
    old_prices = {str(pk): int(price) for pk, price in _prices_of(listing).items() if str(pk) in prices}
    revision = ListingRevision.objects.create(
        listing=listing,
        number=_next_number(listing),
        state=R.SUBMITTED,
        texts=texts,
        old_texts=old_texts,
        prices=prices,
        old_prices=old_prices,
        flags=[finding.as_json() for finding in findings_in(listing, texts, today=now.date())],
        saved_at=now,
        saved_by_id=actor.user_id,
        submitted_at=now,
    )
    if listing.went_live_at is None and listing.state != S.LIVE:
        listing.state = S.SUBMITTED
        listing.save(update_fields=["state", "updated_at"])
    record(
        actor=actor,
        action="listing.submitted",
        subject=subject_of(listing),
        now=now,
        old={**old_texts, **_price_names(old_prices)},
        new={**texts, **_price_names(prices)},
        revision=revision.number,
    )
    return revision


def _next_number(listing: Listing) -> int:
    return (ListingRevision.objects.filter(listing=listing).aggregate(last=Max("number"))["last"] or 0) + 1


def _prices_of(listing: Listing) -> dict[int, int]:
    return dict(listing.stock_records.filter(price__isnull=False).values_list("pk", "price"))


def _price_names(prices: Mapping[str, int]) -> dict[str, int]:
    return {f"price of {record_id}": price for record_id, price in prices.items()}

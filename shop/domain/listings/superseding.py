"""A newer certificate takes over the shelf: a product's listing claims it in the transaction that ends the older one.

Gates of certificates come before gates of listings, the same as where an order is placed; an order sees the product with
the one star or with the other, never with none and never with both.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from catalogue_ext.search.indexing import index_products
from shop.common.shown_versions import show_products_anew
from shop.domain.certificates.acts import Ground
from shop.domain.certificates.models import Certificate, CertificateEvent
from shop.domain.certificates.state import VALID_STATES, live_state
from shop.domain.certificates.superseding import is_later, restore_superseded, supersede_certificate, supersede_older
from shop.domain.people.actor import Actor

from .models import Listing
from .shelf_gate import shut_shelves

State = Certificate.State


@transaction.atomic
def supersede_and_move(
    *, certificate_id: int, by_certificate_id: int, ground: Ground, actor: Actor, now: datetime
) -> CertificateEvent | None:
    """Replace a certificate by a newer one; its listing claims the newer one. None when that was done before."""
    event = supersede_certificate(
        certificate_id=certificate_id, by_certificate_id=by_certificate_id, ground=ground, actor=actor, now=now
    )
    if event is not None:
        _move_listings(Listing.objects.filter(certificate=certificate_id), today=now.date())
    return event


@transaction.atomic
def take_over_products(
    *, certificates: Sequence[Certificate], reason: str, actor: Actor, now: datetime
) -> list[CertificateEvent]:
    """Let imported certificates replace older ones of their products, and products on the shelf claim the newest.

    A product whose star an officer suspended keeps the suspended one until an officer decides; one whose star was revoked
    claims what was recognised after the revocation.
    """
    events = supersede_older(certificates=certificates, reason=reason, actor=actor, now=now)
    products = [one.product_id for one in certificates if one.product_id]
    # A new product's draft claims its certificate from the start.
    _move_listings(Listing.objects.filter(product__in=products).exclude(certificate__in=certificates), today=now.date())
    return events


@transaction.atomic
def give_back_products(*, certificate_ids: Iterable[int], reason: str, actor: Actor, now: datetime) -> list[CertificateEvent]:
    """Undo `take_over_products` for certificates that are about to go: older ones are what they were, listings too."""
    going = list(certificate_ids)
    events = restore_superseded(by_certificate_ids=going, reason=reason, actor=actor, now=now)
    for listing in _locked(Listing.objects.filter(certificate__in=going)):
        staying = Certificate.objects.filter(product=listing.product_id).exclude(pk__in=going)
        _claim(listing, staying.order_by("-issued_on", "-pk").first())
    return events


def _move_listings(listings: QuerySet[Listing], *, today: date) -> None:
    moved = []
    for listing in _locked(listings):
        newest = _next_of(listing, today)
        if newest is not None:
            _claim(listing, newest)
            moved.append(listing.product_id)
    index_products(moved)


def _locked(listings: QuerySet[Listing]) -> list[Listing]:
    ids = list(listings.order_by("pk").values_list("pk", flat=True))
    shut_shelves(listing_ids=ids)
    return list(Listing.objects.select_for_update(of=("self",)).select_related("certificate").filter(pk__in=ids).order_by("pk"))


def _next_of(listing: Listing, today: date) -> Certificate | None:
    """Return the certificate that a listing should claim instead of its own, if any."""
    current = listing.certificate
    if current is not None and current.superseded_by_id is not None:
        return _end_of_line(current)
    if current is not None and current.stored_state == State.SUSPENDED:
        return None
    newer = Certificate.objects.filter(product=listing.product_id, stored_state=State.ACTIVE, superseded_by=None)
    found = newer.order_by("-issued_on", "-pk").first()
    if found is None or current is None:
        return found
    return found if is_later(found, current) and not _loses_star(current, found, today) else None


def _loses_star(current: Certificate, found: Certificate, today: date) -> bool:
    """Say whether the product would be worse off, or gain a star that is older than the end of its last one."""
    if current.stored_state == State.REVOKED:
        return found.issued_on < current.stopped_on
    return live_state(current, today=today) in VALID_STATES and live_state(found, today=today) not in VALID_STATES


def _end_of_line(certificate: Certificate) -> Certificate:
    while certificate.superseded_by is not None:
        certificate = certificate.superseded_by
    return certificate


def _claim(listing: Listing, certificate: Certificate | None) -> None:
    listing.certificate = certificate
    listing.version += 1
    if certificate is None and listing.state == Listing.State.LIVE:
        listing.state = Listing.State.HIDDEN
    listing.save(update_fields=["certificate", "state", "version", "updated_at"])
    show_products_anew([listing.product_id])
    if certificate is not None and certificate.product_id is None:
        Certificate.objects.filter(pk=certificate.pk).update(product=listing.product_id)

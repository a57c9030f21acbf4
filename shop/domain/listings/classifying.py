"""What is alcohol: by the official criteria set, unless the office says otherwise.

The shelf's gate is shut first, so an order that is being placed either comes before, or reads the new word.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from catalogue_ext.models import Product
from shop.common.shown_versions import show_products_anew
from shop.domain.audit_log.recording import record
from shop.domain.people.actor import Actor
from shop.domain.people.reach import within_reach
from shop.domain.producers.models import Membership

from .models import Listing
from .moderating import OwnListing, ReasonMissing, lock_listing
from .naming import subject_of


@transaction.atomic
def classify_alcohol(*, listing_id: int, is_alcohol: bool | None, reason: str, actor: Actor, now: datetime) -> Listing:
    """Write the office's word on a product and its packs; None leaves it to the criteria set again. Twice is once.

    Raises UnknownListing, OwnListing, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    listing = lock_listing(listing_id, within_reach(actor=actor, prefix="producer__profile__"))
    if Membership.objects.filter(producer=listing.producer_id, user=actor.user_id).exists():
        raise OwnListing(listing_id)
    before = listing.product.alcohol_by_office
    if before == is_alcohol:
        return listing
    family = Q(pk=listing.product_id) | Q(parent=listing.product_id)
    Product.objects.filter(family).update(alcohol_by_office=is_alcohol, date_updated=now)
    listing.product.alcohol_by_office = is_alcohol
    show_products_anew([listing.product_id])
    record(
        actor=actor,
        action="listing.alcohol_judged",
        subject=subject_of(listing),
        now=now,
        reason=reason,
        old={"alcohol_by_office": before},
        new={"alcohol_by_office": is_alcohol},
    )
    return listing

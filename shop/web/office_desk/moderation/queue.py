"""What waits in this room: words and prices that producers sent."""

from django.db.models import QuerySet
from django.http import HttpRequest

from shop.domain.listings.models import ListingRevision
from shop.domain.listings.moderation_queue import waiting_revisions
from shop.domain.people.reach import within_reach


def revisions_here(request: HttpRequest) -> QuerySet[ListingRevision]:
    """Revisions to read of listings whose certificate the reader answers for, the oldest first."""
    return waiting_revisions(reach=within_reach(actor=request.actor, prefix="listing__certificate__"))


def count_to_read(request: HttpRequest) -> int:
    """Count them."""
    return revisions_here(request).count()

"""What a producer's people are told when the office has read their words."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url
from shop.domain.producers.contacting import contact_of

from .models import Listing, ListingRevision

ANSWERED = "listing_answered"


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(ANSWERED, title=_("Trả lời duyệt sản phẩm, gửi chủ thể"), build_context=answer_letter)


def tell_answered(*, revision: ListingRevision, listing: Listing, now: datetime) -> None:
    """Tell the producer what became of a revision; a producer nobody reads for finds it on the desk."""
    contact = contact_of(producer=listing.producer)
    if contact is None:
        return
    tell(
        key=f"listing:{listing.pk}:revision:{revision.number}:{revision.state}",
        kind=ANSWERED,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        payload={"revision_id": revision.pk},
        now=now,
    )


def answer_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """The answer, its reason, and whether the listing is on the shelf now."""
    revision = ListingRevision.objects.select_related("listing__product").filter(pk=payload["revision_id"]).first()
    if revision is None:
        raise NothingToTell(payload)
    return {
        "answer": revision.state,
        "reason": revision.reason,
        "product_title": revision.listing.product.title,
        "is_live": revision.listing.state == Listing.State.LIVE,
        "listing_url": absolute_url(reverse("producer_desk:listing", args=[revision.listing_id])),
    }

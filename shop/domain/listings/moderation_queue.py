"""What waits for a moderator, read for the office's pages."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from catalogue_ext.models import Product
from shop.oscar_forks.partner.models import StockRecord

from .claim_guard import Finding
from .differences import Difference, compare_texts, percent_moved
from .models import ListingRevision
from .revising import findings_in
from .texts import TEXT_FIELDS


@dataclass(frozen=True)
class TextChange:
    """One text, old and new."""

    field: str
    difference: Difference


@dataclass(frozen=True)
class PriceChange:
    """The price of one pack in whole đồng, and by how many per cent it moves."""

    product: Product
    old_vnd: int | None
    new_vnd: int
    percent: int

    @property
    def percent_down(self) -> int:
        """By how many per cent a lower price is lower."""
        return -self.percent


@dataclass(frozen=True)
class Changes:
    """Everything a revision changes, against the page as it is now; of an answered one, as it was then."""

    texts: list[TextChange]
    prices: list[PriceChange]
    findings: list[Finding]


def waiting_revisions(*, reach: Q) -> QuerySet[ListingRevision]:
    """Return the revisions to read within a reach (`within_reach`, prefix `listing__certificate__`), the oldest first."""
    return (
        ListingRevision.objects.filter(reach, state=ListingRevision.State.SUBMITTED)
        .select_related(
            "listing__product", "listing__producer", "listing__certificate__decision", "listing__certificate__province"
        )
        .order_by("submitted_at", "pk")
    )


def changes_of(revision: ListingRevision, *, today: date) -> Changes:
    """Compare a revision (with listing, product, certificate) with the page."""
    listing = revision.listing
    is_open = revision.state == ListingRevision.State.SUBMITTED
    old = {name: getattr(listing.product, name) for name in revision.texts} if is_open else revision.old_texts
    return Changes(
        texts=[
            TextChange(name, compare_texts(old.get(name, ""), revision.texts[name]))
            for name in TEXT_FIELDS
            if name in revision.texts
        ],
        prices=_price_changes(revision, is_open=is_open),
        findings=findings_in(listing, revision.texts, today=today) if is_open else [Finding(**flag) for flag in revision.flags],
    )


def _price_changes(revision: ListingRevision, *, is_open: bool) -> list[PriceChange]:
    records = StockRecord.objects.filter(listing=revision.listing_id, pk__in=revision.prices).select_related("product")
    changes = []
    for record in records.order_by("pk"):
        now = None if record.price is None else int(record.price)
        old, new = now if is_open else revision.old_prices.get(str(record.pk)), revision.prices[str(record.pk)]
        changes.append(PriceChange(record.product, old, new, percent_moved(old, new) if old else 0))
    return changes

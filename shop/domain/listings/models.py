"""A listing puts one certified product of one producer on the shelf."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from shop.domain.producers.scoping import LISTINGS, OWNER, Tenant, TenantQuerySet


class Listing(models.Model):
    """One per standalone or parent product; its packs (children) share it through their stock records."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        CHANGES_REQUESTED = "changes_requested"
        APPROVED = "approved"
        LIVE = "live"
        HIDDEN = "hidden"
        ARCHIVED = "archived"

    product = models.OneToOneField("catalogue.Product", on_delete=models.PROTECT, related_name="listing")
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="listings")
    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="listings"
    )
    state = models.CharField(max_length=24, choices=State, default=State.DRAFT)
    # The cheapest pack, written by `listings.pricing_edit` whenever a price is set.
    price_from_vnd = models.PositiveBigIntegerField(null=True, blank=True)
    sold_count = models.PositiveIntegerField(default=0)
    went_live_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Raised by every edit; a form made from an older one is refused.
    version = models.PositiveIntegerField(default=1)

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, LISTINGS))
    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["state", "price_from_vnd"]),
            models.Index(fields=["state", "-went_live_at"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="live") | Q(certificate__isnull=False, price_from_vnd__isnull=False),
                name="a_live_listing_has_a_certificate_and_a_price",
            ),
            models.CheckConstraint(
                condition=Q(price_from_vnd__isnull=True) | Q(price_from_vnd__gt=0), name="a_listing_costs_something"
            ),
        )

    def __str__(self):
        return f"{self.product_id} {self.state}"


class ListingRevision(models.Model):
    """What a producer wants to change of a listing; a moderator reads it before anybody else does.

    Rows are added, never rewritten, once they were sent: sending again makes a new one that replaces the old. Only a
    draft is written over, and only its producer sees it.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        APPROVED = "approved"
        CHANGES_REQUESTED = "changes_requested"
        REJECTED = "rejected"
        REPLACED = "replaced"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="revisions")
    # Counts up within the listing; a moderator's form names the one it was made from.
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=24, choices=State, default=State.DRAFT)
    # {field of the product: text}, only those that differ from what is on the page.
    texts = models.JSONField(default=dict)
    old_texts = models.JSONField(default=dict)
    # {id of the stock record: whole đồng}, only prices that move too far to move by themselves.
    prices = models.JSONField(default=dict)
    old_prices = models.JSONField(default=dict)
    # [{"kind": …, "field": …, "sentence": …}]: what the claim guard found when it was sent.
    flags = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # Why it was not approved, for the producer to read.
    reason = models.TextField(blank=True)

    tenant: ClassVar = Tenant(path="listing__producer", roles=(OWNER, LISTINGS))
    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ("listing", "number")
        constraints = (
            models.UniqueConstraint(fields=["listing", "number"], name="a_revision_has_a_number_of_its_own"),
            models.UniqueConstraint(
                fields=["listing", "state"],
                condition=Q(state__in=["draft", "submitted"]),
                name="a_listing_has_one_draft_and_one_revision_in_review",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("saved_by")),
                name="nobody_decides_on_a_revision_of_their_own",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["changes_requested", "rejected"]) | ~Q(reason=""),
                name="a_revision_sent_back_says_why",
            ),
        )

    def __str__(self):
        return f"{self.listing_id} #{self.number} {self.state}"

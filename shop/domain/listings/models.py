"""A listing puts one certified product of one producer on the shelf."""

from typing import ClassVar

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

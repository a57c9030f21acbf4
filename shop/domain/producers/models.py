"""The producer: Oscar's partner with a profile of ours, and the people who work for it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from .scoping import LISTINGS, MONEY, ORDERS, OWNER, Tenant, TenantQuerySet


class ProducerProfile(models.Model):
    """What the shop knows of a producer beyond the partner's name.

    `address_as_certified`, `phone` and `email` are private: household producers'
    homes never reach a public page. `commune` and `province` are public.
    """

    class Kind(models.TextChoices):
        COOPERATIVE = "cooperative"
        COOPERATIVE_GROUP = "cooperative_group"
        ENTERPRISE = "enterprise"
        HOUSEHOLD_BUSINESS = "household_business"
        FARM = "farm"
        PRODUCTION_FACILITY = "production_facility"
        ASSOCIATION = "association"
        UNKNOWN = "unknown"

    class Status(models.TextChoices):
        UNCLAIMED = "unclaimed"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        TERMINATED = "terminated"

    producer = models.OneToOneField("partner.Partner", on_delete=models.CASCADE, primary_key=True, related_name="profile")
    slug = models.SlugField(max_length=255, unique=True)
    folded_name = models.CharField(max_length=255, db_index=True)
    name_en = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=32, choices=Kind, default=Kind.UNKNOWN)
    status = models.CharField(max_length=16, choices=Status, default=Status.UNCLAIMED, db_index=True)
    is_sample = models.BooleanField(default=False)
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    address_as_certified = models.TextField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="vi")
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    established_year = models.PositiveSmallIntegerField(null=True, blank=True)
    prepares_within_hours = models.PositiveSmallIntegerField(default=24)

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, ORDERS, LISTINGS, MONEY))
    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=["unclaimed", "active", "suspended", "terminated"]),
                name="a_producer_status_is_on_the_closed_list",
            ),
        )

    def __str__(self):
        return self.slug


class Membership(models.Model):
    """A person works for a producer in one role; several rows make several roles."""

    class Role(models.TextChoices):
        OWNER = "producer_owner"
        ORDERS = "producer_orders"
        LISTINGS = "producer_listings"
        MONEY = "producer_money"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    producer = models.ForeignKey("partner.Partner", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "producer", "role"], name="a_person_holds_a_role_at_a_producer_once"),
        )

    def __str__(self):
        return f"{self.user_id} {self.role} {self.producer_id}"

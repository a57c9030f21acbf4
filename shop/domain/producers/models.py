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

    class LegalForm(models.TextChoices):
        """As what the law knows it; of household and individual the shop withholds tax (Decree 117/2025)."""

        COMPANY = "company"
        COOPERATIVE = "cooperative"
        HOUSEHOLD = "household"
        INDIVIDUAL = "individual"

    class Status(models.TextChoices):
        UNCLAIMED = "unclaimed"
        # Claimed by somebody; the office has not said yet whether rightly.
        PENDING = "pending"
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
    # Declared by the producer, empty until then. A household's tax code is a person's identity number: never public.
    legal_form = models.CharField(max_length=16, choices=LegalForm, blank=True)
    tax_code = models.CharField(max_length=14, blank=True)
    established_year = models.PositiveSmallIntegerField(null=True, blank=True)
    prepares_within_hours = models.PositiveSmallIntegerField(default=24)

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, ORDERS, LISTINGS, MONEY))
    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=["unclaimed", "pending", "active", "suspended", "terminated"]),
                name="a_producer_status_is_on_the_closed_list",
            ),
        )

    def __str__(self):
        return self.slug

    @property
    def taxed_as(self) -> str:
        """The legal form by which tax is withheld: what was declared, else what the kind implies, else nothing."""
        return self.legal_form or LEGAL_FORM_BY_KIND.get(self.kind, "")

    @property
    def is_stopped(self) -> bool:
        """Whether the office keeps it from selling; its people read and finish what was released."""
        return self.status in STOPPED

    @property
    def payouts_frozen(self) -> bool:
        """Whether money stays where it is until the office decides."""
        return self.is_stopped


# A cooperative group, a farm and a «facility» may be either: of them nothing is withheld until they declare their form.
LEGAL_FORM_BY_KIND = {
    ProducerProfile.Kind.COOPERATIVE: ProducerProfile.LegalForm.COOPERATIVE,
    ProducerProfile.Kind.ENTERPRISE: ProducerProfile.LegalForm.COMPANY,
    ProducerProfile.Kind.ASSOCIATION: ProducerProfile.LegalForm.COMPANY,
    ProducerProfile.Kind.HOUSEHOLD_BUSINESS: ProducerProfile.LegalForm.HOUSEHOLD,
}
STOPPED = frozenset({ProducerProfile.Status.SUSPENDED, ProducerProfile.Status.TERMINATED})


class ProducerEvent(models.Model):
    """One act on a producer's standing; rows are only ever added, the newest says where it stands."""

    class Action(models.TextChoices):
        CLAIMED = "claimed"
        APPROVED = "approved"
        REFUSED = "refused"
        SUSPENDED = "suspended"
        REINSTATED = "reinstated"
        TERMINATED = "terminated"

    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    # No constraint: the row must outlive the account.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    action = models.CharField(max_length=16, choices=Action)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self):
        return f"{self.producer_id} {self.action}"


class ClaimCode(models.Model):
    """A code on a letter with which an imported producer is claimed; only its hash is kept."""

    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="claim_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    # A newer code, or the office, put an end to it.
    voided_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["producer"],
                condition=models.Q(voided_at__isnull=True, used_at__isnull=True),
                name="a_producer_has_one_open_claim_code",
            ),
        )

    def __str__(self):
        return f"{self.producer_id} {self.made_at}"


class ProducerClaim(models.Model):
    """Somebody says «this producer is ours»: who it is, as told by themselves, and what the office answered."""

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        REFUSED = "refused"

    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="claims")
    # A code opens one claim: the database keeps it from being played twice.
    code = models.OneToOneField(ClaimCode, on_delete=models.PROTECT, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.CharField(max_length=100)
    phone = models.CharField(max_length=20)
    accepted_terms_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("user")),
                name="nobody_decides_on_their_own_claim",
            ),
        )

    def __str__(self):
        return f"{self.producer_id} {self.state}"


class ClaimAttempt(models.Model):
    """A code was typed; rows are counted for an hour against guessing and gone after a day."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.user_id} {self.at}"


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

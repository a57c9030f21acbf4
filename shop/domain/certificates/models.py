"""The registry: recognition decisions and the certificates they gave."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from shop.domain.producers.scoping import LISTINGS, ORDERS, OWNER, Tenant, TenantQuerySet

from .folding import Folded
from .import_runs import ImportChange, ImportCorrection, ImportRow, ImportRun

__all__ = (
    "ActRequestItem",
    "Certificate",
    "CertificateActRequest",
    "CertificateEvent",
    "Decision",
    "ImportChange",
    "ImportCorrection",
    "ImportRow",
    "ImportRun",
    "UnprovenEntry",
)


class RegisteredManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]  # Django makes its base while running
    """The registry: certificates of an import that was undone are no certificates."""

    def get_queryset(self) -> TenantQuerySet:
        return super().get_queryset().filter(undone_at__isnull=True)


class Decision(models.Model):
    """A recognition decision; numbers repeat each year and across authorities."""

    authority = models.CharField(max_length=255)
    number = models.CharField(max_length=64)
    signed_on = models.DateField()
    is_sample = models.BooleanField(default=False)
    # Where a reader can check it: a document, a page, a file of ours.
    source = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["authority", "number", "signed_on"], name="a_decision_is_known_by_authority_number_and_date"
            ),
        )

    def __str__(self):
        return f"{self.number}, {self.authority}"


class Certificate(models.Model):
    """Three to five stars for one product of one producer, for 36 months.

    Only `active`, `suspended` and `revoked` are stored; whether it is valid today is a
    function of dates in `certificates.state`, so that no dead worker keeps a star alive.
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        SUSPENDED = "suspended"
        REVOKED = "revoked"

    class Form(models.TextChoices):
        INITIAL = "initial"
        UPGRADE = "upgrade"
        RE_EVALUATION = "re_evaluation"

    # Ours: <PROVINCE>-<YYYY>-<5 digits>; lists carry no code of their own.
    code = models.CharField(max_length=24, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="certificates")
    # Null while the row awaits its producer.
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="certificates")
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    product_name = models.CharField(max_length=512)
    folded_name = models.CharField(max_length=512)
    producer_name = models.CharField(max_length=255, blank=True)
    folded_producer_name = models.CharField(max_length=255, blank=True)
    address_as_certified = models.TextField(blank=True)
    legacy_province = models.CharField(max_length=64, blank=True)
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stars = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    group_as_printed = models.CharField(max_length=255, blank=True)
    criteria_set = models.PositiveSmallIntegerField(null=True, blank=True)
    # As printed; stored verbatim and never parsed.
    product_code = models.CharField(max_length=64, blank=True)
    form = models.CharField(max_length=16, choices=Form, blank=True)
    issued_on = models.DateField()
    valid_until = models.DateField(db_index=True)
    extended_until = models.DateField(null=True, blank=True)
    extension_reason = models.TextField(blank=True)
    stored_state = models.CharField(max_length=16, choices=State, default=State.ACTIVE)
    stopped_on = models.DateField(null=True, blank=True)
    stop_reason = models.TextField(blank=True)
    stop_decision = models.CharField(max_length=64, blank=True)
    is_safety_matter = models.BooleanField(default=False)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes")
    # From this day on the newer one is the product's star.
    superseded_on = models.DateField(null=True, blank=True)
    import_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates")
    source_sheet = models.CharField(max_length=128, blank=True)
    # The row's number in the sheet as a person sees it.
    source_row = models.PositiveIntegerField(null=True, blank=True)
    # Its import was undone: the row stays for its history and its code, and nothing else reads it.
    undone_at = models.DateTimeField(null=True, blank=True)
    # Names, place and printed code in small letters without accents, for finding; the database keeps it.
    search_text = models.GeneratedField(
        expression=Folded(
            "product_name", "producer_name", "folded_producer_name", "address_as_certified", "legacy_province", "product_code"
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, LISTINGS, ORDERS))
    objects = RegisteredManager()
    # Those of undone imports too: for codes, which are never given twice, and for importing again.
    everything = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["folded_name"]), models.Index(fields=["folded_producer_name"])]
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "folded_producer_name", "folded_name", "product_code"],
                condition=Q(undone_at__isnull=True),
                name="a_decision_certifies_a_product_of_a_producer_once",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(producer__isnull=True, product__isnull=True, superseded_by__isnull=True),
                name="an_undone_certificate_is_nobodys",
            ),
            models.CheckConstraint(condition=Q(stars__range=(3, 5)), name="a_certificate_has_three_to_five_stars"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("issued_on")), name="a_certificate_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(extended_until__isnull=True) | (Q(extended_until__gt=F("valid_until")) & ~Q(extension_reason="")),
                name="an_extension_is_later_and_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stored_state="active") | (Q(stored_state__in=["suspended", "revoked"], stopped_on__isnull=False)),
                name="a_stopped_certificate_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True, superseded_on__isnull=True)
                | Q(superseded_by__isnull=False, superseded_on__isnull=False) & ~Q(superseded_by=F("id")),
                name="a_superseded_certificate_says_by_which_and_since_when",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | Q(stars=5, score__range=(90, 100))
                | Q(stars=4, score__gte=70)
                | Q(stars=3, score__gte=50),
                name="a_score_reaches_its_stars",
            ),
        )

    def __str__(self):
        return self.code


class CertificateEvent(models.Model):
    """What was done to a certificate, when, by whom and why; rows are only ever added."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    # The database refuses UPDATE, so nothing here points at a row that may go.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    action = models.CharField(max_length=32)
    detail = models.JSONField(default=dict)

    def __str__(self):
        return f"{self.action} {self.certificate_id}"


class CertificateActRequest(models.Model):
    """An act that needs a second officer: asked for by one, done when another one approves it.

    `revoke` is about one certificate and carried out with the approval. `bulk` is about those of its `items`; its
    payload says which act (`{"act": "suspend" | "lift" | "revoke" | "extend", "until": "2027-05-31"}`).
    """

    class Action(models.TextChoices):
        REVOKE = "revoke"
        BULK = "bulk"

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        # A bulk act so small that whoever asked does it without a colleague.
        ALONE = "alone"

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="act_requests")
    action = models.CharField(max_length=16, choices=Action)
    payload = models.JSONField(default=dict, blank=True)
    reason = models.TextField()
    decision_number = models.CharField(max_length=64, blank=True)
    effective_on = models.DateField()
    is_safety_matter = models.BooleanField(default=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.WAITING)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    event = models.OneToOneField(CertificateEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="act_request")
    # Refused by a colleague with a reason, or withdrawn by whoever asked.
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["outcome", "requested_at"], name="act_requests_by_outcome")]
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="nobody_approves_an_act_they_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(action="revoke", certificate__isnull=False)
                | Q(action="bulk", certificate__isnull=True, payload__has_key="act"),
                name="a_revocation_names_its_certificate_a_bulk_act_its_act",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, event__isnull=True) & ~Q(outcome="approved")
                | Q(approved_by__isnull=False, approved_at__isnull=False, outcome="approved")
                & (Q(action="revoke", event__isnull=False) | Q(action="bulk", event__isnull=True)),
                name="an_approved_act_says_by_whom_when_and_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["waiting", "approved", "alone"], closed_by__isnull=True, closed_at__isnull=True)
                | Q(outcome="withdrawn", closed_by__isnull=False, closed_by=F("requested_by"), closed_at__isnull=False)
                | Q(outcome="refused", closed_by__isnull=False, closed_at__isnull=False)
                & ~Q(closed_by=F("requested_by"))
                & ~Q(closing_reason=""),
                name="an_act_is_refused_by_a_colleague_and_withdrawn_by_who_asked",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_act_has_a_reason"),
            models.UniqueConstraint(
                fields=["certificate", "action"],
                condition=Q(outcome="waiting"),
                name="an_act_is_asked_for_once_at_a_time",
            ),
        )

    def __str__(self):
        return f"{self.action} {self.certificate_id or self.pk}"


class ActRequestItem(models.Model):
    """One certificate of a bulk act, and what became of it: `event` when it was changed, `refusal` when it could not be."""

    request = models.ForeignKey(CertificateActRequest, on_delete=models.PROTECT, related_name="items")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    # Null with `done_at`: it was so already, or `refusal` says why not.
    event = models.OneToOneField(
        CertificateEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="act_request_item"
    )
    # The class of the domain's refusal, for example `IllegalAct`.
    refusal = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["request", "certificate"], name="a_bulk_act_holds_a_certificate_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(event__isnull=True, refusal=""),
                name="what_became_of_an_item_has_its_time",
            ),
        )

    def __str__(self):
        return f"{self.request_id} {self.certificate_id}"


class UnprovenEntry(models.Model):
    """A product that some source calls certified without number, date or producer to prove it.

    Shown in the registry as what it is; it never becomes a star, a listing or a badge.
    """

    product_name = models.CharField(max_length=512)
    folded_name = models.CharField(max_length=512, db_index=True)
    producer_name = models.CharField(max_length=255, blank=True)
    place = models.CharField(max_length=255, blank=True)
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stars_as_printed = models.CharField(max_length=16, blank=True)
    decision_number = models.CharField(max_length=64, blank=True)
    decision_date = models.CharField(max_length=32, blank=True)
    year = models.CharField(max_length=8, blank=True)
    source = models.TextField()
    source_file = models.CharField(max_length=255)
    source_row = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["source_file", "source_row"], name="an_unproven_entry_is_one_row_of_its_source"),
        )

    def __str__(self):
        return self.product_name

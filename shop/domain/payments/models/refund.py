"""Money on its way back: one row per amount that is to be given back for one payment."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

# Above this a refund that a person asks for is approved by another person.
SECOND_PERSON_ABOVE_VND = 5_000_000


class Refund(models.Model):
    """Amounts in whole đồng; written only by `ordering` under the lock of its payment."""

    class Status(models.TextChoices):
        REQUESTED = "requested"
        APPROVED = "approved"
        SUBMITTED = "submitted"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        RESUBMITTED = "resubmitted"
        MANUAL = "manual"

    class Reason(models.TextChoices):
        CANCELLED = "cancelled"
        DECLINED = "declined"
        STOPPED = "stopped"
        RETURNED = "returned"
        DISPUTE_DECIDED = "dispute_decided"
        GOODWILL = "goodwill"
        # Money that was never the shop's goes back by itself, whatever the amount.
        LATE_MONEY = "late_money"
        DOUBLE_PAYMENT = "double_payment"

    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="refunds")
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="refunds")
    parcel = models.ForeignKey("parcels.Parcel", on_delete=models.PROTECT, null=True, blank=True, related_name="refunds")
    # One per cause («parcel:7:cancelled»): asking twice for the same thing gives one refund.
    key = models.CharField(max_length=128, unique=True)
    amount_vnd = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=24, choices=Reason)
    status = models.CharField(max_length=16, choices=Status)
    # The office decided that the shop pays: the producer keeps its part.
    is_borne_by_shop = models.BooleanField(default=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    requested_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # When a worker may ask the provider (again).
    available_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    # The provider's name of it, or the bank's reference of a transfer made by hand.
    provider_ref = models.CharField(max_length=128, blank=True, db_index=True)
    error = models.CharField(max_length=64, blank=True)
    # The buyer's bank took `taken_vnd` of this money and kept it, so it failed for good and counts no more: see
    # `ordering.calling_off`. What is left of it is another refund.
    called_off_at = models.DateTimeField(null=True, blank=True)
    taken_vnd = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        indexes = (
            # For the worker that submits them.
            models.Index(
                fields=["available_at"],
                condition=Q(status__in=["approved", "submitted", "resubmitted"]),
                name="refunds_to_submit",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(amount_vnd__gte=1), name="a_refund_gives_something_back"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(requested_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="nobody_approves_a_refund_they_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(amount_vnd__lte=SECOND_PERSON_ABOVE_VND)
                | Q(reason__in=["late_money", "double_payment"])
                | Q(status="requested")
                | Q(called_off_at__isnull=False)
                | Q(approved_by__isnull=False),
                name="a_large_refund_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, taken_vnd=0)
                | Q(called_off_at__isnull=False, status="failed", taken_vnd__gte=1, taken_vnd__lte=F("amount_vnd")),
                name="a_refund_called_off_failed_for_what_was_taken",
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount_vnd} {self.status}"

    @property
    def is_called_off(self) -> bool:
        """Whether it will never be sent."""
        return self.called_off_at is not None


# A worker has work with these.
TO_SUBMIT = (Refund.Status.APPROVED, Refund.Status.SUBMITTED, Refund.Status.RESUBMITTED)

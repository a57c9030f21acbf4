"""One round of paying producers: prepared by one person, approved by another, settled by the bank's answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PayoutBatch(models.Model):
    """Total and checksum are those of the bank's file, written when it is approved; nothing of it changes later."""

    class Status(models.TextChoices):
        PREPARED = "prepared"
        APPROVED = "approved"
        SETTLED = "settled"
        CANCELLED = "cancelled"

    status = models.CharField(max_length=16, choices=Status, default=Status.PREPARED)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    payout_count = models.PositiveIntegerField(default=0)
    total_vnd = models.PositiveBigIntegerField(default=0)
    checksum = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="prepared"), name="one_payout_batch_is_prepared_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="nobody_approves_a_payout_batch_they_prepared",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["prepared", "cancelled"]) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="a_payout_batch_that_went_out_was_approved",
            ),
        )

    def __str__(self):
        return f"{self.pk} {self.status}"

"""A payment is one attempt to pay one order."""

from django.db import models
from django.db.models import F, Q


class Payment(models.Model):
    """Amounts in whole đồng; at most one attempt of an order is open."""

    class Status(models.TextChoices):
        CREATED = "created"
        REQUIRES_ACTION = "requires_action"
        PROCESSING = "processing"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"
        PARTLY_REFUNDED = "partly_refunded"
        REFUNDED = "refunded"
        DISPUTED = "disputed"
        DISPUTE_WON = "dispute_won"
        DISPUTE_LOST = "dispute_lost"

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(max_length=32)
    status = models.CharField(max_length=24, choices=Status, default=Status.CREATED)
    amount_vnd = models.PositiveBigIntegerField()
    captured_vnd = models.PositiveBigIntegerField(default=0)
    refunded_vnd = models.PositiveBigIntegerField(default=0)
    provider_ref = models.CharField(max_length=128, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status__in=["created", "requires_action", "processing"]),
                name="an_order_has_at_most_one_open_payment",
            ),
            models.CheckConstraint(condition=Q(captured_vnd__lte=F("amount_vnd")), name="no_more_is_captured_than_asked"),
            models.CheckConstraint(condition=Q(refunded_vnd__lte=F("captured_vnd")), name="no_more_is_refunded_than_captured"),
        )

    def __str__(self):
        return f"{self.method} {self.order_id}"

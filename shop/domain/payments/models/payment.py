"""A payment is one attempt to pay one order."""

from django.db import models
from django.db.models import F, Q


class Payment(models.Model):
    """Amounts in whole đồng; at most one attempt of an order is open.

    A prepaid attempt never changes its amount: when less is to be paid it is closed and another one begins.
    """

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
    # Given back, and promised to be given back (asked for, approved, on its way or there; not what failed for good).
    refunded_vnd = models.PositiveBigIntegerField(default=0)
    promised_back_vnd = models.PositiveBigIntegerField(default=0)
    # Taken by a dispute that is open or lost.
    disputed_vnd = models.PositiveBigIntegerField(default=0)
    # The provider's name of the attempt (a Checkout Session, a transfer's reference), and of the money behind it.
    provider_ref = models.CharField(max_length=128, blank=True, db_index=True)
    intent_ref = models.CharField(max_length=128, blank=True, db_index=True)
    # Where the buyer pays at the provider, until when.
    page_url = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    # What the provider said when it did not work, in its own word («card_declined»).
    error = models.CharField(max_length=64, blank=True)
    # Somebody wants this attempt ended (a parcel dropped out, another way was chosen); a worker does it.
    close_asked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            # For the reconciler, which looks at attempts that are not over.
            models.Index(
                fields=["checked_at"],
                condition=Q(status__in=["created", "requires_action", "processing"]),
                name="payments_open",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(status__in=["created", "requires_action", "processing"]),
                name="an_order_has_at_most_one_open_payment",
            ),
            models.CheckConstraint(condition=Q(captured_vnd__lte=F("amount_vnd")), name="no_more_is_captured_than_asked"),
            models.CheckConstraint(condition=Q(refunded_vnd__lte=F("captured_vnd")), name="no_more_is_refunded_than_captured"),
            models.CheckConstraint(
                condition=Q(promised_back_vnd__lte=F("captured_vnd")), name="no_more_is_promised_back_than_captured"
            ),
            models.CheckConstraint(
                condition=Q(refunded_vnd__lte=F("promised_back_vnd")), name="what_is_refunded_was_promised_back"
            ),
        )

    def __str__(self) -> str:
        return f"{self.method} {self.order_id}"

    @property
    def is_open(self) -> bool:
        """Whether money may still come by this attempt."""
        return self.status in OPEN_STATUSES

    @property
    def can_be_refunded_vnd(self) -> int:
        """What was taken and is neither given back nor promised."""
        return self.captured_vnd - self.promised_back_vnd


OPEN_STATUSES = frozenset({Payment.Status.CREATED, Payment.Status.REQUIRES_ACTION, Payment.Status.PROCESSING})
# The money came, whatever became of it since.
CAPTURED_STATUSES = frozenset(Payment.Status) - OPEN_STATUSES - {Payment.Status.FAILED, Payment.Status.CANCELLED}

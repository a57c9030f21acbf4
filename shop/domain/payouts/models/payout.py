"""What one producer is paid in one batch."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from shop.domain.producers.scoping import MONEY, OWNER, Tenant, TenantQuerySet

CODE_PREFIX = "CT"


class Payout(models.Model):
    """In the books from its approval on; what the bank could not pay goes back into the balance."""

    class Status(models.TextChoices):
        PREPARED = "prepared"
        # Approved and in the bank's file.
        SENT = "sent"
        PAID = "paid"
        FAILED = "failed"
        # Left out: called off, or not right any more when it was approved.
        DROPPED = "dropped"

    batch = models.ForeignKey("payouts.PayoutBatch", on_delete=models.PROTECT, related_name="payouts")
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="payouts")
    bank_account = models.ForeignKey("payouts.BankAccount", on_delete=models.PROTECT, related_name="+")
    amount_vnd = models.PositiveBigIntegerField()
    status = models.CharField(max_length=16, choices=Status, default=Status.PREPARED)
    # The bank's own number of the transfer, or why there was none.
    bank_reference = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, MONEY))
    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["producer"], condition=Q(status__in=["prepared", "sent"]), name="a_producer_has_one_open_payout"
            ),
            models.CheckConstraint(condition=Q(amount_vnd__gte=1), name="a_payout_pays_something"),
            models.CheckConstraint(
                condition=~Q(status="paid") | ~Q(bank_reference=""), name="a_paid_payout_has_the_banks_reference"
            ),
        )

    def __str__(self):
        return f"{self.code} {self.amount_vnd} {self.status}"

    @property
    def code(self) -> str:
        """What it is called in the bank's file and in the bank's answer."""
        return f"{CODE_PREFIX}{self.pk}"


OPEN_STATUSES = (Payout.Status.PREPARED, Payout.Status.SENT)

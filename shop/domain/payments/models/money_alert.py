"""The office's work list of money: whatever no rule may decide alone, one row each with an act to do."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class MoneyAlert(models.Model):
    """Something about money that a person must look at; closed with what was done."""

    class Kind(models.TextChoices):
        # Providers and webhooks.
        WRONG_AMOUNT = "wrong_amount"
        WRONG_CURRENCY = "wrong_currency"
        WRONG_ORDER = "wrong_order"
        WRONG_MODE = "wrong_mode"
        FORGED_WEBHOOK = "forged_webhook"
        UNKNOWN_OBJECT = "unknown_object"
        PROVIDER_UNREACHABLE = "provider_unreachable"
        DISPUTE = "dispute"
        REFUND_FAILED = "refund_failed"
        # Refunded, and taken by the buyer's bank as well.
        GIVEN_TWICE = "given_twice"
        # Transfers.
        UNDERPAID = "underpaid"
        OVERPAID = "overpaid"
        UNKNOWN_REFERENCE = "unknown_reference"
        LATE_MONEY = "late_money"
        # To be sent by hand.
        REFUND_BY_HAND = "refund_by_hand"
        # The invariants.
        AUDIT_RED = "audit_red"

    # One per cause: hearing of it again adds nothing.
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=32, choices=Kind)
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    refund = models.ForeignKey("payments.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="alerts")
    amount_vnd = models.BigIntegerField(null=True, blank=True)
    # Facts without a person in them: amounts, currencies, ids of the provider.
    detail = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["created_at"], condition=Q(closed_at__isnull=True), name="money_alerts_open"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

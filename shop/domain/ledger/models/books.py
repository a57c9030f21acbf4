"""Double entry: an account is a name, a transaction is what happened, its entries sum to zero; nothing is ever changed."""

from django.db import models
from django.db.models import Q


class Account(models.Model):
    """Where money is, or whose it is; `producer_payable:12` for a producer's own."""

    class Kind(models.TextChoices):
        # Where it is.
        GATEWAY_CLEARING = "gateway_clearing"
        BANK = "bank"
        COD_CARRIER = "cod_carrier"
        COD_PRODUCER = "cod_producer"
        DISPUTED = "disputed"
        # Whose it is.
        PRODUCER_HELD = "producer_held"
        PRODUCER_PAYABLE = "producer_payable"
        COMMISSION = "commission"
        TAX_WITHHELD = "tax_withheld"
        REFUND_DUE = "refund_due"
        UNALLOCATED = "unallocated"
        # What the shop paid for.
        GATEWAY_FEE = "gateway_fee"
        DISCOUNT_PLATFORM = "discount_platform"

    code = models.CharField(max_length=48, primary_key=True)
    kind = models.CharField(max_length=24, choices=Kind)
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["cod_producer", "producer_held", "producer_payable"], producer__isnull=False)
                | (~Q(kind__in=["cod_producer", "producer_held", "producer_payable"]) & Q(producer__isnull=True)),
                name="an_account_of_a_producer_names_it",
            ),
        )

    def __str__(self):
        return self.code


class Transaction(models.Model):
    """One thing that happened to money; its key says which, so that it is written once however often it is told."""

    class Kind(models.TextChoices):
        CAPTURE = "capture"
        HAND_IN = "hand_in"
        CLEARING = "clearing"
        NETTING = "netting"
        REFUND = "refund"
        REFUND_WITHDRAWN = "refund_withdrawn"
        REFUND_BORNE = "refund_borne"
        REFUND_PAID = "refund_paid"
        REFUND_CAME_BACK = "refund_came_back"
        FEE = "fee"
        DISPUTE_OPENED = "dispute_opened"
        DISPUTE_WON = "dispute_won"
        DISPUTE_LOST = "dispute_lost"
        UNALLOCATED = "unallocated"
        SETTLEMENT = "settlement"
        PAYOUT = "payout"
        PAYOUT_RETURNED = "payout_returned"

    key = models.CharField(max_length=128, unique=True)
    kind = models.CharField(max_length=24, choices=Kind)
    at = models.DateTimeField()
    # Counted when it is written: rows added later to a transaction of the past do not go unseen.
    entry_count = models.PositiveSmallIntegerField()
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Numbers, because payments stand above the ledger.
    payment_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    refund_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(entry_count__gte=2), name="a_transaction_has_two_sides"),)

    def __str__(self):
        return self.key


class Entry(models.Model):
    """One side of a transaction in whole đồng: debit is positive, credit negative."""

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    amount_vnd = models.BigIntegerField()
    parcel = models.ForeignKey("parcels.Parcel", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["account", "parcel"], include=["amount_vnd"], name="entries_by_account_and_parcel"),)
        constraints = (models.CheckConstraint(condition=~Q(amount_vnd=0), name="an_entry_moves_something"),)

    def __str__(self):
        return f"{self.account_id} {self.amount_vnd:+}"

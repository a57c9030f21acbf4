"""Transfers the bank told us of: each is one row, whichever way we heard of it."""

from django.conf import settings
from django.db import models


class BankTransfer(models.Model):
    """Money that came to the shop's account; matched with an attempt to pay, or waiting for a person."""

    class Source(models.TextChoices):
        FEED = "feed"
        STATEMENT = "statement"
        HAND = "hand"

    class State(models.TextChoices):
        MATCHED = "matched"
        UNMATCHED = "unmatched"
        RETURNED = "returned"

    # The bank's own number of the movement: from feed and statement it is the same, so it counts once.
    bank_reference = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=16, choices=Source)
    amount_vnd = models.PositiveBigIntegerField()
    # What the payer wrote; blanked when its order's buyer is erased.
    memo = models.CharField(max_length=255, blank=True)
    booked_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.UNMATCHED)
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, null=True, blank=True, related_name="transfers")
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-booked_at", "-pk")
        constraints = (models.CheckConstraint(condition=models.Q(amount_vnd__gte=1), name="a_transfer_brings_something"),)

    def __str__(self) -> str:
        return self.bank_reference

"""A checkout attempt: the key that makes a second press of the button harmless."""

from django.db import models
from django.db.models import Q


class CheckoutAttempt(models.Model):
    """One rendered order form; pressing its button any number of times gives one order."""

    class State(models.TextChoices):
        OPEN = "open"
        PLACED = "placed"

    key = models.UUIDField(primary_key=True)
    basket = models.ForeignKey("basket.Basket", on_delete=models.CASCADE, related_name="checkout_attempts")
    # What was asked for (address, method, choices) and what was shown (lines, prices, shipping).
    request_hash = models.CharField(max_length=64)
    preview_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    order = models.OneToOneField("order.Order", on_delete=models.CASCADE, null=True, related_name="checkout_attempt")
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state="open", order__isnull=True) | Q(state="placed", order__isnull=False),
                name="a_placed_attempt_names_its_order",
            ),
        )

    def __str__(self):
        return str(self.key)

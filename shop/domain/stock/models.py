"""Every unit that came, was promised, left or came back: one row per movement."""

from django.conf import settings
from django.db import models


class StockMovement(models.Model):
    """A change of one stock record; on hand is the sum of `on_hand_change`, reserved of `reserved_change`."""

    class Kind(models.TextChoices):
        COUNTED = "counted"
        ALLOCATED = "allocated"
        RELEASED = "released"
        CONSUMED = "consumed"
        RESTOCKED = "restocked"

    stock_record = models.ForeignKey("partner.StockRecord", on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=16, choices=Kind)
    on_hand_change = models.IntegerField(default=0)
    reserved_change = models.IntegerField(default=0)
    order_line = models.ForeignKey("order.Line", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The database refuses UPDATE, so nothing here points at a row that may go.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.kind} {self.stock_record_id}"

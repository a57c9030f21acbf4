"""The shop's clock, where SQL can read it."""

from django.db import models
from django.db.models import Q


class ShopClock(models.Model):
    """One row: how far SHOP_CLOCK has moved the shop's time from the world's; no row means not at all.

    Only the views of the `audit` schema read it. The shop itself passes "today" as a parameter everywhere.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    moved_by = models.DurationField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="there_is_one_shop_clock"),)

    def __str__(self):
        return str(self.moved_by)

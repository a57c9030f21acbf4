"""What the invariants said, run by run."""

from django.db import models


class MoneyAudit(models.Model):
    """One run of `audit_money`; rows are only ever added."""

    at = models.DateTimeField(db_index=True)
    took_ms = models.PositiveIntegerField()
    invariant_count = models.PositiveSmallIntegerField()
    break_count = models.PositiveIntegerField()
    # How often each broken invariant was broken: {"an order has lines": 2}.
    breaks = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.at}: {self.break_count}"

    @property
    def is_green(self) -> bool:
        """Whether everything held."""
        return self.break_count == 0

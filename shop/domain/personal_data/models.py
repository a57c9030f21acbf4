"""Who asked to be forgotten, and when it happened; the row itself says nothing of the person but a number."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class ErasureRequest(models.Model):
    """One request: of an account, or of a guest for one order. It waits while an order is open."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        WITHDRAWN = "withdrawn"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="erasure_requests"
    )
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="erasure_requests")
    state = models.CharField(max_length=16, choices=State)
    requested_at = models.DateTimeField()
    # A number whose person may be gone; the owner of the data, or who acts for them.
    requested_by = models.BigIntegerField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=False, order__isnull=True) | Q(user__isnull=True, order__isnull=False),
                name="an_erasure_is_of_an_account_or_of_an_order",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="waiting", user__isnull=False), name="an_account_waits_for_one_erasure"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="waiting", order__isnull=False), name="an_order_waits_for_one_erasure"
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(done_at__isnull=False), name="a_done_erasure_says_when"),
        )

    def __str__(self):
        return f"{self.user_id or self.order_id} {self.state}"

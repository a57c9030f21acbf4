"""What payment providers and banks tell the shop, written down before anything is done with it."""

from django.db import models
from django.db.models import Q


class WebhookEvent(models.Model):
    """One event of a provider; coming twice it is one row. The body is a hint, the truth is fetched again."""

    class State(models.TextChoices):
        NEW = "new"
        DONE = "done"
        FAILED = "failed"
        IGNORED = "ignored"

    provider = models.CharField(max_length=32)
    event_id = models.CharField(max_length=128)
    type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=128, blank=True, db_index=True)
    is_live = models.BooleanField(default=False)
    payload = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=255, blank=True)
    received_at = models.DateTimeField()
    available_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            # For the worker, and for /readyz, which asks for the oldest.
            models.Index(fields=["available_at"], condition=Q(state="new"), name="webhooks_unprocessed"),
        )
        constraints = (models.UniqueConstraint(fields=["provider", "event_id"], name="an_event_is_written_down_once"),)

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"

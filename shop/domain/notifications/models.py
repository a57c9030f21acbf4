"""The outbox: messages written in the transaction of what they tell of."""

from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """One message to one recipient through one channel; the table is the queue.

    `payload` holds ids and the language only; the text is rendered when it is sent and
    what was sent stays readable here for the office.
    """

    key = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=48)
    channel = models.CharField(max_length=16)
    # Blanked 30 days after sending.
    recipient = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=8, default="vi")
    payload = models.JSONField(default=dict)
    order = models.ForeignKey("order.Order", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    available_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    # The recipient was refused, not the channel broken: one bad address must not make the shop look unready.
    recipient_refused = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    # False for a message that was only kept because its channel is not configured.
    left_the_shop = models.BooleanField(default=False)
    dead_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)

    class Meta:
        indexes = (
            # Read by `notifications.delivery.claim_messages`.
            models.Index(
                fields=["available_at", "id"],
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
                name="unsent_messages",
            ),
            # Read by `notifications.queries.count_told`.
            models.Index(fields=["recipient", "created_at"], condition=~Q(recipient=""), name="messages_by_recipient"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dead_at__isnull=True), name="a_message_is_sent_or_dead_not_both"
            ),
        )

    def __str__(self):
        return self.key

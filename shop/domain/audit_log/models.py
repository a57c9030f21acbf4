"""What people did in the shop: one row per act, only ever added."""

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """Who did what to which object, when, and what was there before.

    The database refuses UPDATE and DELETE, so no column points at a row that may go: `actor` is a number whose person
    is looked up while reading. Nothing of a shopper (name, phone, address) is written here, for it could never be erased.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
    )
    # A verb of the package that records, for example `producer.suspended`.
    action = models.CharField(max_length=64, db_index=True)
    object_type = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    # What people call the object: a code, a producer's name, a page's title.
    label = models.CharField(max_length=255, blank=True)
    # Where it belongs, so that an officer of one place reads what is theirs; empty is for the whole country's eyes.
    province_code = models.CharField(max_length=8, blank=True)
    commune_code = models.CharField(max_length=16, blank=True)
    producer_id = models.BigIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    # {"old": {…}, "new": {…}} and whatever else explains the act; plain JSON values.
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["province_code", "-at"]),
        )

    def __str__(self):
        return f"{self.action} {self.label or self.object_id}"

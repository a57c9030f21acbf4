"""What people allowed the shop to write to them about, and when they took it back."""

from django.db import models


class Purpose(models.TextChoices):
    """What somebody may be told besides what their orders need; each is asked for by itself and never pre-ticked."""

    BACK_IN_STOCK = "back_in_stock"
    NEWS_EMAIL = "news_email"
    NEWS_SMS = "news_sms"


class ConsentRecord(models.Model):
    """One yes or one no; the latest row of a subject and purpose is what holds.

    The database refuses UPDATE and DELETE, so nothing personal stands here: whose consent it is, is a number, and the
    person behind it is found as long as there is one. A withdrawal is a row of its own.
    """

    class Subject(models.TextChoices):
        # An account, or the request of a guest who left an address for one product.
        PERSON = "person"
        STOCK_NOTICE = "stock_notice"

    class Channel(models.TextChoices):
        WEB = "web"
        # The link at the foot of a message, which asks for no log-in.
        MESSAGE_LINK = "message_link"
        COMMAND = "command"
        ERASURE = "erasure"

    subject_type = models.CharField(max_length=16, choices=Subject)
    subject_id = models.BigIntegerField()
    purpose = models.CharField(max_length=24, choices=Purpose)
    is_given = models.BooleanField()
    at = models.DateTimeField()
    # Which words were agreed to, see `consents.wording`.
    text_version = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=16, choices=Channel)
    # The page on which it happened: a path of ours, never one with a secret in it.
    source = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = (models.Index(fields=["subject_type", "subject_id", "purpose", "-id"]),)

    def __str__(self):
        return f"{self.subject_type} {self.subject_id} {self.purpose} {'yes' if self.is_given else 'no'}"

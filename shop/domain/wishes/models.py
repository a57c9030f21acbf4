"""Who wants to hear that a product can be bought again. The wish list itself is Oscar's (`wishlists`)."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class StockNotice(models.Model):
    """One request for one message about one product: of an account, or of a guest who proves the address first.

    A guest's address is forgotten with the message; the row stays as proof that there was exactly one.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed"
        WAITING = "waiting"
        TOLD = "told"
        CANCELLED = "cancelled"

    # A product's page or one of its packs.
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="stock_notices")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="stock_notices"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="vi")
    state = models.CharField(max_length=16, choices=State)
    # Where the request was made; goes into the consent when a guest confirms.
    source = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            # Read by `wishes.telling.tell_waiting`.
            models.Index(fields=["product", "id"], condition=Q(state="waiting"), name="waiting_stock_notices"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["product", "user"],
                condition=Q(state="waiting", user__isnull=False),
                name="a_person_waits_for_a_product_once",
            ),
            models.UniqueConstraint(
                fields=["product", "email"],
                condition=Q(state__in=["unconfirmed", "waiting"]) & ~Q(email=""),
                name="an_email_waits_for_a_product_once",
            ),
            models.UniqueConstraint(
                fields=["product", "phone"],
                condition=Q(state__in=["unconfirmed", "waiting"]) & ~Q(phone=""),
                name="a_phone_waits_for_a_product_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["unconfirmed", "waiting"]) | Q(user__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="who_waits_can_be_told",
            ),
        )

    def __str__(self):
        return f"{self.product_id} {self.state}"

    @property
    def page(self):
        """The product on whose page the awaited one stands."""
        return self.product.parent or self.product

"""One parcel per producer and destination of an order."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from shop.domain.producers.scoping import ORDERS, OWNER, Tenant, TenantQuerySet

# What stands as carrier when the producer brings the parcel itself.
OWN_DELIVERY = "own"


class Parcel(models.Model):
    """What one producer packs for one order; amounts in whole đồng, VAT included."""

    class Status(models.TextChoices):
        PENDING = "pending"
        TO_CONFIRM = "to_confirm"
        PACKING = "packing"
        SHIPPED = "shipped"
        DELIVERED = "delivered"
        CLOSED = "closed"
        DECLINED = "declined"
        CANCELLED = "cancelled"
        ON_HOLD = "on_hold"
        RETURNING = "returning"
        RETURNED = "returned"
        LOST = "lost"

    number = models.CharField(max_length=32, unique=True)
    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="parcels")
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="parcels")
    ship_to = models.ForeignKey("order.ShippingAddress", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=Status)
    goods_vnd = models.PositiveBigIntegerField()
    shipping_vnd = models.PositiveBigIntegerField()
    discount_vnd = models.PositiveBigIntegerField(default=0)
    total_vnd = models.PositiveBigIntegerField()
    weight_grams = models.PositiveIntegerField()
    shipping_service = models.CharField(max_length=32)
    deliver_from = models.DateField(null=True, blank=True)
    deliver_until = models.DateField(null=True, blank=True)
    carrier = models.CharField(max_length=64, blank=True)
    tracking_number = models.CharField(max_length=64, blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    confirm_by = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, ORDERS))
    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["producer", "status", "-created_at"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["order", "producer", "ship_to"], name="an_order_has_one_parcel_per_producer_and_destination"
            ),
            models.CheckConstraint(
                condition=Q(total_vnd=models.F("goods_vnd") + models.F("shipping_vnd") - models.F("discount_vnd")),
                name="a_parcel_total_is_goods_and_shipping_less_discount",
            ),
            models.CheckConstraint(
                condition=~Q(status="shipped") | Q(shipped_at__isnull=False), name="a_shipped_parcel_says_when"
            ),
        )

    def __str__(self):
        return self.number

    @property
    def is_own_delivery(self):
        """Whether the producer brings it itself; the tracking number then is a phone."""
        return self.carrier == OWN_DELIVERY


class ParcelEvent(models.Model):
    """One step of a parcel's life, for the buyer's timeline and the audit; rows are only ever added."""

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    # The database refuses UPDATE, so nothing here points at a row that may go.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
    )
    from_status = models.CharField(max_length=16, blank=True)
    to_status = models.CharField(max_length=16)
    # «packed», or why the office held the parcel; never what a buyer wrote, for it could not be erased.
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self):
        return f"{self.parcel_id} {self.to_status}"

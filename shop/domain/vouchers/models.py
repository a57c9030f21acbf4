"""A voucher is a promise of a discount to whoever knows its code; a redemption is one order that holds it to that."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from shop.domain.producers.scoping import LISTINGS, OWNER, Tenant, TenantQuerySet

LONGEST_CODE = 32
# Decree 81/2018, art. 7: promotions take no more than half of a price away.
MOST_PERCENT = 50


class Voucher(models.Model):
    """Whole đồng; days are those of Vietnam, both included. Its terms stay as they are once it was used."""

    class Funder(models.TextChoices):
        """Who bears the discount."""

        PLATFORM = "platform"
        PRODUCER = "producer"

    class Scope(models.TextChoices):
        ALL = "all"
        PRODUCER = "producer"
        CATEGORY = "category"
        # Goods chosen one by one under a name.
        PROGRAMME = "programme"

    # Capital letters, digits and hyphens, as `codes.clean_code` leaves them.
    code = models.CharField(max_length=LONGEST_CODE, unique=True)
    # What it is given for, read by buyers beside the discount.
    name = models.CharField(max_length=120)
    funder = models.CharField(max_length=16, choices=Funder)
    scope = models.CharField(max_length=16, choices=Scope)
    # Whose goods it is for: the producer who bears it, or the one that the office chose.
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="vouchers")
    category = models.ForeignKey("catalogue.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    products = models.ManyToManyField("catalogue.Product", blank=True, related_name="+")
    amount_vnd = models.PositiveBigIntegerField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    # The most that a percentage may come to.
    cap_vnd = models.PositiveBigIntegerField(null=True, blank=True)
    # Of the goods it is for, without shipping.
    minimum_goods_vnd = models.PositiveBigIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # None: any number of times.
    limit_total = models.PositiveIntegerField(null=True, blank=True)
    limit_per_buyer = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    # No constraint: the row must outlive the account.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)

    tenant: ClassVar = Tenant(path="producer", roles=(OWNER, LISTINGS))
    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(amount_vnd__gte=1, percent=None, cap_vnd=None)
                | Q(amount_vnd=None, percent__range=(1, MOST_PERCENT)) & (Q(cap_vnd=None) | Q(cap_vnd__gte=1)),
                name="a_voucher_takes_an_amount_or_a_percentage_off",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_voucher_ends_after_it_begins"),
            models.CheckConstraint(
                condition=(Q(limit_total=None) | Q(limit_total__gte=1)) & (Q(limit_per_buyer=None) | Q(limit_per_buyer__gte=1)),
                name="a_voucher_can_be_used_at_least_once",
            ),
            models.CheckConstraint(
                condition=(Q(scope="category", category__isnull=False) | ~Q(scope="category") & Q(category=None))
                & (Q(producer=None) | Q(scope="producer") | Q(funder="producer"))
                & (~Q(scope="producer") | Q(producer__isnull=False)),
                name="a_voucher_names_what_its_scope_says",
            ),
            models.CheckConstraint(
                condition=~Q(funder="producer") | Q(producer__isnull=False) & ~Q(scope="all"),
                name="a_producer_gives_away_its_own_goods_only",
            ),
        )

    def __str__(self):
        return self.code


class Redemption(models.Model):
    """What one order was given; it counts as a use as long as anything of the order lives."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="redemptions")
    order = models.OneToOneField("order.Order", on_delete=models.PROTECT, related_name="redemption")
    discount_vnd = models.PositiveBigIntegerField()
    redeemed_at = models.DateTimeField()
    # Written with the order's status (`ordering.deriving`).
    is_live = models.BooleanField(default=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=["voucher"], condition=Q(is_live=True), name="uses_of_a_voucher"),)
        constraints = (models.CheckConstraint(condition=Q(discount_vnd__gte=1), name="a_redemption_gives_something"),)

    def __str__(self):
        return f"{self.voucher_id} {self.discount_vnd}"

"""What each side of a parcel gets, frozen when the order is placed."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from shop.domain.producers.models import ProducerProfile
from shop.domain.producers.scoping import MONEY, ORDERS, OWNER, Tenant, TenantQuerySet

from .rates import MOST_COMMISSION_PERCENT, CommissionRule, TaxRate


class ParcelSplit(models.Model):
    """Whole đồng, VAT included. What the buyer pays is the parcel's total; the shop adds its own discount.

    The producer's part is what is left of goods, shipping and its own discount after commission and tax.
    """

    parcel = models.OneToOneField("parcels.Parcel", on_delete=models.PROTECT, primary_key=True, related_name="split")
    goods_vnd = models.PositiveBigIntegerField()
    shipping_vnd = models.PositiveBigIntegerField()
    producer_discount_vnd = models.PositiveBigIntegerField()
    platform_discount_vnd = models.PositiveBigIntegerField()
    commission_vnd = models.PositiveBigIntegerField()
    # As what the producer was taxed on that day; empty where nobody knew.
    legal_form = models.CharField(max_length=16, choices=ProducerProfile.LegalForm, blank=True)
    vat_withheld_vnd = models.PositiveBigIntegerField()
    income_tax_withheld_vnd = models.PositiveBigIntegerField()
    goods_tax_rate = models.ForeignKey(TaxRate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    shipping_tax_rate = models.ForeignKey(TaxRate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    producer_vnd = models.BigIntegerField()
    frozen_at = models.DateTimeField()

    tenant: ClassVar = Tenant(path="parcel__producer", roles=(OWNER, ORDERS, MONEY))
    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    producer_vnd=F("goods_vnd")
                    + F("shipping_vnd")
                    - F("producer_discount_vnd")
                    - F("commission_vnd")
                    - F("vat_withheld_vnd")
                    - F("income_tax_withheld_vnd")
                ),
                name="a_producer_gets_what_is_left_after_commission_and_tax",
            ),
            models.CheckConstraint(
                condition=Q(producer_discount_vnd__lte=F("goods_vnd")), name="a_producer_gives_no_more_away_than_its_goods"
            ),
        )

    def __str__(self):
        return f"{self.parcel_id}: {self.producer_vnd}"

    @property
    def total_vnd(self) -> int:
        """What the buyer pays for the parcel."""
        return self.goods_vnd + self.shipping_vnd - self.producer_discount_vnd - self.platform_discount_vnd

    @property
    def commission_percent(self) -> Decimal | None:
        """The percent that falls on all of the goods; None where lines have different ones."""
        percents = [share.percent for share in self.commission_shares.all()]
        return percents[0] if len(percents) == 1 else None

    @property
    def tax_vnd(self) -> int:
        """All tax withheld from the producer."""
        return self.vat_withheld_vnd + self.income_tax_withheld_vnd


class CommissionShare(models.Model):
    """The goods of a parcel that fell under one rule; a parcel of one kind of goods has one."""

    split = models.ForeignKey(ParcelSplit, on_delete=models.PROTECT, related_name="commission_shares")
    # None: no rule was in force, so the shop's promise was (`common.promises`).
    rule = models.ForeignKey(CommissionRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    base_vnd = models.PositiveBigIntegerField()
    commission_vnd = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(percent__range=(0, MOST_COMMISSION_PERCENT)), name="a_frozen_commission_is_one_a_rule_may_ask"
            ),
        )

    def __str__(self):
        return f"{self.percent} %"

"""Oscar's partner is the producer; its stock record carries one product's price and stock."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor
from oscar.apps.address.abstract_models import AbstractPartnerAddress
from oscar.apps.partner.abstract_models import AbstractPartner, AbstractStockRecord

from shop.domain.producers.scoping import LISTINGS, MONEY, ORDERS, OWNER, Tenant, TenantQuerySet
from shop.oscar_forks.address.commune import CommuneAddress


class Partner(AbstractPartner):
    # Names on recognition decisions outgrow Oscar's 128 characters.
    name = models.CharField(max_length=255, blank=True, db_index=True)

    tenant: ClassVar = Tenant(path="pk", roles=(OWNER, ORDERS, LISTINGS, MONEY))
    objects = TenantQuerySet.as_manager()


class PartnerAddress(CommuneAddress, AbstractPartnerAddress):
    class Meta(AbstractPartnerAddress.Meta):
        pass


class StockRecord(AbstractStockRecord):
    """Price (whole đồng, VAT included) and stock (units) of one sellable product."""

    listing = models.ForeignKey("listings.Listing", on_delete=models.PROTECT, related_name="stock_records")
    num_in_stock = models.PositiveIntegerField(default=0)
    num_allocated = models.PositiveIntegerField(default=0)

    tenant: ClassVar = Tenant(path="partner", roles=(OWNER, LISTINGS))
    objects = TenantQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):
        constraints = (
            models.UniqueConstraint(fields=["product"], name="a_product_is_sold_by_one_producer"),
            models.CheckConstraint(
                condition=Q(num_allocated__lte=F("num_in_stock")), name="allocated_stock_never_exceeds_stock_on_hand"
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0, price=Floor("price")),
                name="a_price_is_a_positive_number_of_whole_dong",
            ),
        )


from oscar.apps.partner.models import *  # noqa: E402, F403

"""Oscar's order tables, with what an order of many producers must freeze at placement."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Floor
from oscar.apps.address.abstract_models import AbstractBillingAddress, AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from shop.domain.people.erased import email_of
from shop.oscar_forks.address.commune import CommuneAddress


def new_link_seed() -> str:
    """Return 128 random bits for an order's tracking link."""
    return secrets.token_hex(16)


class ShippingAddress(CommuneAddress, AbstractShippingAddress):
    class Meta(AbstractShippingAddress.Meta):
        pass


class BillingAddress(CommuneAddress, AbstractBillingAddress):
    class Meta(AbstractBillingAddress.Meta):
        pass


class Order(AbstractOrder):
    """One order of a buyer; its status is written only by `ordering.deriving`."""

    class Channel(models.TextChoices):
        RETAIL = "retail"
        WHOLESALE = "wholesale"

    class Status(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment"
        AWAITING_APPROVAL = "awaiting_approval"
        CONFIRMED = "confirmed"
        PAID = "paid"
        IN_FULFILMENT = "in_fulfilment"
        COMPLETED = "completed"
        CANCELLED = "cancelled"
        EXPIRED = "expired"
        REFUNDED = "refunded"

    channel = models.CharField(max_length=16, choices=Channel, default=Channel.RETAIL)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="vi")
    payment_method = models.CharField(max_length=32, default="")
    hold_until = models.DateTimeField(null=True, blank=True, db_index=True)
    buyer_name = models.CharField(max_length=255, default="")
    buyer_phone = models.CharField(max_length=20, default="", db_index=True)
    # A keyed hash of the address of the network, as long as the order waits for its money (`ordering.unpaid_holds`).
    network_key = models.CharField(max_length=64, blank=True, default="")
    # When the buyer said to be of age; empty where nothing in the order asks for it.
    declared_adult_at = models.DateTimeField(null=True, blank=True)
    # 128 random bits; the tracking link is derived from them, see `ordering.links`.
    link_seed = models.CharField(max_length=64, unique=True, default=new_link_seed)
    # The pages it was placed under, {"quy-che": 3}: number of each version in force then, see `pages.queries`.
    accepted_terms = models.JSONField(default=dict, blank=True)

    class Meta(AbstractOrder.Meta):
        indexes = (
            # Read by `ordering.unpaid_holds`.
            models.Index(fields=["network_key"], condition=Q(status="awaiting_payment"), name="unpaid_orders_by_network"),
        )
        constraints = (
            models.UniqueConstraint(fields=["basket"], name="a_basket_becomes_at_most_one_order"),
            models.CheckConstraint(
                condition=Q(total_incl_tax=Floor("total_incl_tax"), shipping_incl_tax=Floor("shipping_incl_tax")),
                name="an_order_totals_whole_dong",
            ),
            models.CheckConstraint(
                condition=Q(total_incl_tax__gte=F("shipping_incl_tax"), shipping_incl_tax__gte=0),
                name="an_order_total_includes_its_shipping",
            ),
            models.CheckConstraint(
                # Law 44/2019/QH14: alcohol sold online is not paid in cash.
                condition=Q(declared_adult_at__isnull=True) | ~Q(payment_method="cod"),
                name="what_only_adults_buy_is_not_paid_in_cash",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "awaiting_payment",
                        "awaiting_approval",
                        "confirmed",
                        "paid",
                        "in_fulfilment",
                        "completed",
                        "cancelled",
                        "expired",
                        "refunded",
                    ]
                ),
                name="an_order_status_is_on_the_closed_list",
            ),
        )

    @property
    def email(self) -> str:
        """Where the order's messages go: the address given with it, else the account's."""
        return self.guest_email or (email_of(self.user) if self.user else "")

    def set_status(self, new_status):  # noqa: ARG002 -- Oscar's signature
        msg = "An order's status is derived from its parcels: call ordering.deriving.derive_status"
        raise TypeError(msg)


class Line(AbstractLine):
    """One product of an order; keeps certificate, stars and price as they were at the sale."""

    parcel = models.ForeignKey("parcels.Parcel", on_delete=models.PROTECT, related_name="lines", null=True)
    certificate = models.ForeignKey("certificates.Certificate", on_delete=models.PROTECT, related_name="+", null=True)
    certificate_code = models.CharField(max_length=32, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=64, blank=True)
    title_en = models.CharField(max_length=255, blank=True)
    unit_en = models.CharField(max_length=64, blank=True)

    class Meta(AbstractLine.Meta):
        constraints = (
            models.CheckConstraint(
                condition=Q(line_price_before_discounts_incl_tax=F("unit_price_incl_tax") * F("quantity")),
                name="a_line_costs_its_unit_price_times_its_quantity",
            ),
            models.CheckConstraint(
                condition=Q(unit_price_incl_tax=Floor("unit_price_incl_tax")),
                name="a_line_price_is_whole_dong",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="a_line_has_at_least_one_unit"),
            models.CheckConstraint(
                condition=Q(num_allocated__lte=F("quantity")), name="a_line_allocates_no_more_than_it_ordered"
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__range=(3, 5)), name="a_line_was_sold_with_three_to_five_stars"
            ),
        )

    def name_in(self, language: str) -> str:
        """What was sold, with its pack, in a language as far as it has words in it."""
        is_english = language == "en"
        title = (self.title_en if is_english else "") or self.title
        unit = (self.unit_en if is_english else "") or self.unit
        return f"{title}, {unit}" if unit else title


from oscar.apps.order.models import *  # noqa: E402, F403

"""What the shop takes and what the state takes: dated rows that are never edited, only followed by newer ones."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from catalogue_ext.models import Product
from shop.domain.producers.models import ProducerProfile

# More than this is a slip of the pen.
MOST_COMMISSION_PERCENT = 50
MOST_TAX_PERCENT = 20


class DatedRow(models.Model):
    """In force from its first day to its last, both included; the database lets nothing but `ends_on` be changed."""

    starts_on = models.DateField()
    # Open until somebody ends it; the day before `starts_on` on one that was taken back before it began.
    ends_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    # No constraint: the row must outlive the account.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class CommissionRule(DatedRow):
    """Percent of goods with VAT after the producer's own discount, never of shipping; the most specific rule wins."""

    class Scope(models.TextChoices):
        DEFAULT = "default"
        PRODUCER = "producer"
        CATEGORY = "category"
        PRODUCT = "product"
        # A promise with an end, to everybody or to the producer, category or product it names.
        PROGRAMME = "programme"

    scope = models.CharField(max_length=16, choices=Scope)
    name = models.CharField(max_length=120, blank=True)
    producer = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    category = models.ForeignKey("catalogue.Category", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(percent__range=(0, MOST_COMMISSION_PERCENT)), name="a_commission_is_between_nothing_and_half"
            ),
            models.CheckConstraint(
                condition=Q(scope="default", producer=None, category=None, product=None)
                | Q(scope="producer", producer__isnull=False, category=None, product=None)
                | Q(scope="category", producer=None, category__isnull=False, product=None)
                | Q(scope="product", producer=None, category=None, product__isnull=False)
                | (Q(scope="programme", ends_on__isnull=False) & ~Q(name="")),
                name="a_commission_rule_names_what_its_scope_says",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - 1), name="a_commission_rule_ends_after_it_begins"
            ),
        )

    def __str__(self):
        return f"{self.scope} {self.percent} %"


class TaxRate(DatedRow):
    """What the shop withholds from a kind of seller for a kind of turnover, and which law says so."""

    class Activity(models.TextChoices):
        GOODS = "goods"
        TRANSPORT = "transport"

    legal_form = models.CharField(max_length=16, choices=ProducerProfile.LegalForm)
    activity = models.CharField(max_length=16, choices=Activity)
    vat_percent = models.DecimalField(max_digits=5, decimal_places=2)
    income_tax_percent = models.DecimalField(max_digits=5, decimal_places=2)
    source = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(legal_form__in=["household", "individual"]), name="others_pay_their_tax_themselves"
            ),
            models.CheckConstraint(
                condition=Q(vat_percent__range=(0, MOST_TAX_PERCENT), income_tax_percent__range=(0, MOST_TAX_PERCENT)),
                name="a_tax_rate_is_a_small_share",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_tax_rate_names_its_law"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - 1), name="a_tax_rate_ends_after_it_begins"
            ),
        )

    def __str__(self):
        return f"{self.legal_form} {self.activity} {self.vat_percent} + {self.income_tax_percent} %"


class VatChange(DatedRow):
    """From a day on goods are of another VAT class: one product, or every product of a class when the law changes."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_class = models.CharField(max_length=8, choices=Product.VatClass, blank=True)
    to_class = models.CharField(max_length=8, choices=Product.VatClass)
    source = models.TextField()
    # When it was carried out on the products; an order freezes the class its goods have then.
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(product__isnull=False, from_class="") | (Q(product__isnull=True) & ~Q(from_class="")),
                name="a_vat_change_is_of_a_product_or_of_a_class",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="a_vat_change_names_its_law"),
        )

    def __str__(self):
        return f"{self.from_class or self.product_id} → {self.to_class}"
